import { emailOf, PASSWORD } from '#tools/network.mjs'
import { SignInPage } from '#tools/pages/sign-in-page.mjs'

/**
 * @import { Page } from '@playwright/test'
 * @import { Account } from '#tools/network.mjs'
 * @import { Kit } from './kit.mjs'
 */

const FAILURES_BEFORE_WAIT = 5

/**
 * Pictures of the screens for people who are not signed in.
 *
 * @param {Kit} kit
 * @param {string} insecureUrl
 */
export async function signInScreens({ state, sandbox }, insecureUrl) {
  const alert = (/** @type {Page} */ page) => page.getByRole('alert').waitFor()

  await state({ name: 'sign-in', caption: 'Sign in', address: '/' }, (page) =>
    page.getByRole('button', { name: 'Sign in' }).waitFor(),
  )
  await state(
    { name: 'sign-in-nothing', caption: 'Sign in: nothing filled in', address: '/' },
    (page) => page.getByRole('button', { name: 'Sign in' }).click(),
  )
  await state({ name: 'sign-in-wrong', caption: 'Sign in: wrong password', address: '/' }, (page) =>
    signIn(page, 'admin', 'wrong').then(() => alert(page)),
  )
  await state(
    { name: 'sign-in-second-factor', caption: 'Sign in: second factor asked for', address: '/' },
    async (page) => {
      await signIn(page, 'totp')
      await page.getByLabel('Code').waitFor()
    },
  )
  await state(
    { name: 'sign-in-wrong-code', caption: 'Sign in: wrong code', address: '/' },
    async (page) => {
      await signIn(page, 'totp')
      await page.getByLabel('Code').fill('000000')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByText('This code is wrong').waitFor()
    },
  )
  await state(
    { name: 'sign-in-reset', caption: 'Sign in: a new password has to be set', address: '/' },
    (page) => signIn(page, 'reset').then(() => alert(page)),
  )
  await state(
    { name: 'sign-in-unreachable', caption: 'Sign in: Nexudus does not answer', address: '/' },
    async (page) => {
      await sandbox.fault({ kind: 'drop', method: 'POST', path: '/api/token' })
      await signIn(page, 'admin')
      await alert(page)
    },
  )
  await state(
    { name: 'sign-in-throttled', caption: 'Sign in: too many failures', address: '/' },
    async (page) => {
      for (let failure = 0; failure <= FAILURES_BEFORE_WAIT; failure += 1) {
        const answered = page.waitForResponse('**/desk/session')
        await new SignInPage(page).signIn('nobody@hookdesk.test', 'wrong')
        await answered
      }
      await page.getByText('Too many failed sign-ins').waitFor()
    },
  )
  await state(
    { name: 'sign-in-insecure', caption: 'Sign in: HTTPS is needed', address: insecureUrl },
    alert,
  )
}

/**
 * @param {Page} page
 * @param {Account} account
 */
const signIn = (page, account, password = PASSWORD) =>
  new SignInPage(page).signIn(emailOf(account), password)
