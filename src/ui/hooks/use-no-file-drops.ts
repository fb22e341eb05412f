import { useListener } from './effects.ts'

/** A file that is dropped beside its place is not opened by the browser in place of the page. */
export function useNoFileDrops() {
  useListener('dragover', refuse)
  useListener('drop', refuse)
}

function refuse(event: DragEvent) {
  if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'none'
}
