/** @import { Page } from '@playwright/test' */

/**
 * Waits until the list shows webhooks.
 *
 * @param {Page} page
 */
export const listShown = (page) => new WebhooksPage(page).names().first().waitFor()

/** The list: finds elements on it in the words a person would use. */
export class WebhooksPage {
  /** @param {Page} page */
  constructor(page) {
    this.page = page
  }

  open = (search = '') => this.page.goto(`/webhooks${search}`)
  /** The list with one webhook in it. */
  openFor = (/** @type {string} */ name) =>
    this.page.goto(`/webhooks?q=${encodeURIComponent(name)}`)

  heading = () => this.page.getByRole('heading', { name: 'Webhooks', level: 1 })
  table = () => this.page.getByRole('table', { name: 'Webhooks' })
  rows = () =>
    this.table()
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader') })
  names = () => this.table().getByRole('rowheader').getByRole('link')
  row = (/** @type {string} */ name) => this.rows().filter({ has: this.link(name) })
  link = (/** @type {string} */ name) =>
    this.page.getByRole('rowheader').getByRole('link', { name, exact: true })
  activeSwitch = (/** @type {string} */ name) => this.row(name).getByRole('switch')
  problem = (/** @type {string} */ name) => this.row(name).getByRole('alert')
  columnHeader = (/** @type {string} */ name) =>
    this.table().getByRole('columnheader', { name, exact: true })
  /** Excludes the region of announcements, which repeats the text. */
  foot = () => this.page.getByText(/^Showing /).and(this.page.locator(':not([role=status])'))

  menuButton = (/** @type {string} */ name) =>
    this.page.getByRole('button', { name: `More for ${name}` })
  // a barred item has its reason behind its name, and “Pause” is not “Pause until…”
  menuItem = (/** @type {string} */ name) =>
    this.page.getByRole('menuitem', { name: new RegExp(`^${name}(?! until)`) })

  /** @param {string} name */
  async openMenu(name) {
    await this.menuButton(name).click()
    await this.page.getByRole('menu').waitFor()
  }

  newButton = () => this.page.getByRole('link', { name: 'New webhook' })
  refresh = () => this.page.getByRole('button', { name: 'Refresh' })
  search = () => this.page.getByRole('searchbox', { name: 'Search webhooks' })
  healthChip = (/** @type {string} */ label) =>
    this.page.getByRole('group', { name: 'Health' }).getByRole('link', { name: label })
  filterButton = (/** @type {'Location' | 'Action'} */ label) =>
    this.page.getByRole('search').getByRole('button', { name: label })
  filterMenu = (/** @type {'Location' | 'Action'} */ label) =>
    this.page.getByRole('dialog', { name: new RegExp(`^${label}`) })
  /** On a phone: opens the sheet with the order and all filters. */
  sheetButton = () => this.page.getByRole('search').getByRole('button', { name: /^Filters/ })
  sheet = () => this.page.getByRole('dialog', { name: 'Filters' })
  /** The line in the sheet that shows a filter's values. */
  sheetFold = (/** @type {string} */ label) => this.sheet().locator('summary', { hasText: label })
  chosenFilters = () => this.page.getByRole('list', { name: 'Filters in use' })
  pages = () => this.page.getByRole('navigation', { name: 'Pages' })

  notices = () => this.page.getByRole('region', { name: /^Notices/ })
  undo = () => this.notices().getByRole('button', { name: 'Undo' })
  status = () => this.page.locator('[role=status][aria-live=polite]')
  question = (/** @type {string | RegExp} */ title) =>
    this.page.getByRole('dialog', { name: title })
}
