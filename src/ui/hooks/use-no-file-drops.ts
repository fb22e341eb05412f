import { useListener } from './effects.ts'

/** Prevents the browser from replacing the page by a file that is dropped beside its place. */
export function useNoFileDrops() {
  useListener('dragover', refuse)
  useListener('drop', refuse)
}

function refuse(event: DragEvent) {
  if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'none'
}
