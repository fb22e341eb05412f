/** @import { Page } from '@playwright/test' */

/** The panel beside the list: the form of a new or an existing webhook. */
export class WebhookForm {
  /** @param {Page} page */
  constructor(page) {
    this.page = page
  }

  openNew = (search = '') => this.page.goto(`/webhooks/new${search}`)
  open = (/** @type {number} */ id) => this.page.goto(`/webhooks/${id}`)

  panel = (/** @type {string} */ title) =>
    this.page.getByRole('region', { name: title, exact: true })
  heading = (/** @type {string} */ title) =>
    this.page.getByRole('heading', { name: title, exact: true })
  close = () => this.page.getByRole('button', { name: 'Close', exact: true })
  several = () => this.page.getByRole('button', { name: 'Create several at once…' })
  form = () => this.page.getByRole('form', { name: /Create webhook|Save changes/ })

  location = () => this.form().getByRole('combobox', { name: 'Location' })
  action = () => this.form().getByRole('combobox', { name: 'Action' })
  url = () => this.form().getByRole('textbox', { name: 'URL' })
  name = () => this.form().getByRole('textbox', { name: 'Name' })
  description = () => this.form().getByRole('textbox', { name: 'Description' })
  active = () => this.form().getByRole('checkbox', { name: 'Active' })

  options = () => this.form().getByRole('option')
  option = (/** @type {string | RegExp} */ label) =>
    this.form().getByRole('option', { name: label })
  findings = () => this.form().getByRole('list', { name: 'About this URL' })

  create = () => this.form().getByRole('button', { name: 'Create webhook' })
  save = () => this.form().getByRole('button', { name: 'Save changes' })
  summary = () =>
    this.form().getByRole('group', { name: /^Fix \d+ problems? before you continue$/ })
  alert = () => this.form().getByRole('alert')
  choice = (/** @type {string} */ field) => this.form().getByRole('radiogroup', { name: field })
}
