import { ScreenTitle, useDocumentTitle } from '#ui/page.tsx'

export function FanOutPage() {
  useDocumentTitle('Several webhooks')
  return <ScreenTitle>Several webhooks</ScreenTitle>
}
