import type { ActionGroup } from '#contract/actions/actions.ts'

type Absent = {
  words: readonly string[]
  nearest: readonly [ActionGroup, ActionGroup, ActionGroup]
}

const BOOKINGS = 'Bookings and floor plans'
const CHECK_IN = 'Check-in, visitors and access'
const CUSTOMERS = 'Customers and teams'
const CONTRACTS = 'Contracts and plans'
const PROPOSALS = 'Proposals and location'
const COMMUNITY = 'Community and news'
const HELP_DESK = 'Help-desk and deliveries'

/**
 * Events that people look for and that Nexudus has no action for, as far as is known; with the
 * groups nearest to them.
 */
export const ABSENT_EVENTS: readonly Absent[] = [
  {
    words: ['no show', 'nicht erschienen', 'no presentado', 'absence'],
    nearest: [BOOKINGS, CHECK_IN, 'Events'],
  },
  {
    words: [
      'door opened',
      'door open',
      'unlock',
      'tür geöffnet',
      'puerta abierta',
      'porte ouverte',
    ],
    nearest: [CHECK_IN, BOOKINGS, CUSTOMERS],
  },
  {
    words: ['tour', 'viewing', 'besichtigung', 'visita guiada', 'bezichtiging'],
    nearest: [PROPOSALS, CHECK_IN, 'Events'],
  },
  {
    words: ['trial', 'probe', 'prueba', 'essai', 'proefperiode'],
    nearest: [CONTRACTS, PROPOSALS, CUSTOMERS],
  },
  {
    words: ['deposit', 'kaution', 'fianza', 'dépôt de garantie', 'caução', 'cauzione', 'borg'],
    nearest: ['Billing', CONTRACTS, 'Products'],
  },
  {
    words: ['locker', 'schließfach', 'taquilla', 'casier', 'armadietto', 'kluisje'],
    nearest: [BOOKINGS, 'Products', CONTRACTS],
  },
  {
    words: ['survey', 'feedback', 'nps', 'umfrage', 'encuesta', 'sondage', 'sondaggio', 'enquête'],
    nearest: [HELP_DESK, COMMUNITY, CUSTOMERS],
  },
  {
    words: ['discount', 'coupon', 'voucher', 'promo', 'rabatt', 'descuento', 'remise', 'sconto'],
    nearest: ['Billing', CONTRACTS, 'Products'],
  },
  {
    words: ['gdpr', 'privacy', 'consent', 'dsgvo', 'rgpd', 'avg', 'datenschutz'],
    nearest: [CUSTOMERS, COMMUNITY, HELP_DESK],
  },
  {
    words: ['printing', 'printer', 'print job', 'drucker', 'impresora', 'imprimante'],
    nearest: ['Products', 'Billing', CUSTOMERS],
  },
]
