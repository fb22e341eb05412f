/** @import { Page } from '@playwright/test' */

/** The sign-in form, on its page and in the dialog over another page. */
export class SignInPage {
  /** @param {Page} page */
  constructor(page) {
    this.page = page
  }

  open = () => this.page.goto('/')
  form = () => this.page.getByRole('form', { name: 'Sign in' })
  email = () => this.form().getByLabel('E-mail')
  password = () => this.form().getByLabel('Password', { exact: true })
  code = () => this.form().getByLabel('Code')
  submit = () => this.form().getByRole('button', { name: /^Sign(ing)? in/ })
  problem = () => this.form().getByRole('alert')
  demoAccount = (/** @type {string} */ email) => this.form().getByRole('button', { name: email })

  /**
   * @param {string} email
   * @param {string} password
   */
  async signIn(email, password) {
    await this.email().fill(email)
    await this.password().fill(password)
    await this.submit().click()
  }

  sessionOver = () => this.page.getByRole('dialog', { name: 'Sign in again' })
}
