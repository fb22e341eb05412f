import type { Page } from '@playwright/test'

/** Where things are on the list, in the words a person would use. */
export class WebhooksPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  open = (search = '') => this.page.goto(`/webhooks${search}`)
  /** The list with one webhook in it. */
  openFor = (name: string) => this.page.goto(`/webhooks?q=${encodeURIComponent(name)}`)

  heading = () => this.page.getByRole('heading', { name: 'Webhooks', level: 1 })
  table = () => this.page.getByRole('table', { name: 'Webhooks' })
  rows = () =>
    this.table()
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader') })
  names = () => this.table().getByRole('rowheader').getByRole('link')
  row = (name: string) => this.rows().filter({ has: this.link(name) })
  link = (name: string) => this.page.getByRole('rowheader').getByRole('link', { name, exact: true })
  activeSwitch = (name: string) => this.row(name).getByRole('switch')
  problem = (name: string) => this.row(name).getByRole('alert')
  columnHeader = (name: string) => this.table().getByRole('columnheader', { name, exact: true })
  /** Not what is announced of it in passing. */
  foot = () => this.page.getByText(/^Showing /).and(this.page.locator(':not([role=status])'))

  menuButton = (name: string) => this.page.getByRole('button', { name: `More for ${name}` })
  menuItem = (name: string) => this.page.getByRole('menuitem', { name })

  newButton = () => this.page.getByRole('link', { name: 'New webhook' })
  refresh = () => this.page.getByRole('button', { name: 'Refresh' })
  search = () => this.page.getByRole('searchbox', { name: 'Search webhooks' })
  healthChip = (label: string) =>
    this.page.getByRole('group', { name: 'Health' }).getByRole('link', { name: label })
  filterButton = (label: 'Location' | 'Action') =>
    this.page.getByRole('search').getByRole('button', { name: label })
  filterMenu = (label: 'Location' | 'Action') =>
    this.page.getByRole('dialog', { name: new RegExp(`^${label}`) })
  chosenFilters = () => this.page.getByRole('list', { name: 'Filters in use' })
  pages = () => this.page.getByRole('navigation', { name: 'Pages' })

  notices = () => this.page.getByRole('region', { name: /^Notices/ })
  undo = () => this.notices().getByRole('button', { name: 'Undo' })
  status = () => this.page.locator('[role=status][aria-live=polite]')
  question = (title: string | RegExp) => this.page.getByRole('dialog', { name: title })
}
