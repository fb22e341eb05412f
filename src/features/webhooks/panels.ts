// what opens beside the list is loaded as one file, when the first of it is opened
export { EditWebhookPanel } from './edit-webhook-panel.tsx'
export { NewWebhookPanel } from './new-webhook-panel.tsx'
