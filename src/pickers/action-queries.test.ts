import { expect, test } from 'vitest'

import { ACTION_GROUPS } from '#contract/actions/actions.ts'

import { nearestGroups, searchActions } from './action-search.ts'

// Queries that administrators type, and the action they look for. It must be among the first three,
// which people see without scanning the list, and there must be few other matches.

/** Numbers separated by commas: any of them may come first. */
const ENGLISH = `
invoice=16; invoices=16; new invoice=16,15; invoice created=16; invoice paid=21; paid invoice=21
invoice fully paid=21; invoice sent=16; invoice issued=16,15; invoice overdue=24; late payment=24
overdue=24; unpaid invoice=24,22; invoice due=24; payment received=23; payment failed=22
card declined=22; payment declined=22; payment bounced=22; refund=19,20; invoice refund=19
invoice cancelled=19; void invoice=19; credit note=20; invoice deleted=17; bill=16; first invoice=15
ledger=65; transaction=65; balance=65; payment method=88; new card=88; credit card added=88
card removed=89; direct debit=88; stripe=88; mandate=88; client=3; client created=3; clients=3
customer=3; new customer=3; memeber=3; member=3; new member=3; member updated=2; member deleted=50
tenant=3; user=3; contact=3; profile updated=2; sign up=3; onboarding=3,9
welcome email=9; customer message=51; inbox=51; team=57; company=57; new company=57
organisation updated=58; contract=62; contract signed=62; contract started=10,14; move in=10
first contract=14; contract renewed=12; renewal=12; upgrade=13; downgrade=13; change plan=13,76
contract cancelled=11; cancellation=11; churn=11; move out=11; membership cancelled=11
membership=74,62; subscription cancelled=11; lease=62; contract deleted=77; plan=74; price plan=74
tariff=74; plan deleted=75; product=81; new product=81; purchase=68; order=68; member bought=68
sale=68; booking=6; new booking=6; booking created=6; booking changed=7; booking moved=7
reschedule booking=7; booking cancelled=8; cancel booking=8; reservation=6; room=6
meeting room=6; room booked=6; floor plan=78; desk added=71; office=71; seat=71; check in=36,47,63
checked in=36; check out=35; checkout=35; member arrived=36; check in failed=37,63
access denied=37,63; attendance=36,47; visitor=42; new visitor=42; guest=42; guest arrived=41
visitor checked in=41; walk in=42; expected visitor=42; notify host=38; visitor cancelled=64
access control=61; door=61; key card=61; fob=61; day pass=61,68; event=25; new event=25
event cancelled=44; workshop=25; attendee=28; rsvp=28; event registration=28; article=4
blog post=4; news published=4; forum=39; new thread=39; reply=40,46; community group=85; chat=30
newsletter=31; subscribed=32; unsubscribe=33; opt out=33; mailing list=31; help desk=45
ticket=45; new ticket=45; support request=45; complaint=45; ticket reply=46; parcel=52
parcel arrived=52; package=52,74; delivery=52; mail=52; letter=52; courier=52
delivery assigned=53; proposal=54; quote=54; lead=54; proposal accepted=55; proposal sent=55
location=84; location updated=84; settings=84; invioce=16; boking=6; recieved payment=23
`

const ABROAD = `
Rechnung=16; Rechnungen=16; Rechnung bezahlt=21; neue Rechnung=16,15; Zahlung erhalten=23
Zahlung fehlgeschlagen=22; Gutschrift=20; Erstattung=19,20; Kündigung=11; kuendigung=11
Kundigung=11; Vertrag=62; Vertrag verlängert=12; Buchung=6; neue Buchung=6; Buchung storniert=8
Reservierung=6; Besucher=42; Gast=42; Paket=52; Lieferung=52; Kunde=3; neuer Kunde=3; Mitglied=3
Mitglied gelöscht=50; Veranstaltung=25; Teilnehmer=28; Angebot=54; Standort=84; Tür=61; Tarif=74
Beschwerde=45; factura=16; factura pagada=21; pago recibido=23; pago fallido=22; reembolso=19,20
cancelación=11; cancelacion=11; baja=11; contrato=62; renovación=12; reserva=6; nueva reserva=6
reserva cancelada=8; visitante=42; paquete=52; entrega=52; cliente=3; nuevo cliente=3; miembro=3
evento=25; propuesta=54; presupuesto=54; acceso=61; facture=16; facture payée=21; paiement reçu=23
remboursement=19,20; résiliation=11; resiliation=11; contrat=62; abonnement=62,74; réservation=6
reservation annulée=8; salle de réunion=6; visiteur=42; colis=52; livraison=52; client supprimé=50
nouveau client=3; membre=3; événement=25; devis=54; porte=61; réclamation=45; fatura=16
fatura paga=21; pagamento recebido=23; cancelamento=11; rescisão=11; nova reserva=6
visitante=42; encomenda=52; novo cliente=3; membro=3; proposta=54; orçamento=54; acesso=61
fattura=16; fattura pagata=21; nuova fattura=16,15; pagamento fallito=22; rimborso=19,20
disdetta=11; contratto=62; rinnovo=12; prenotazione=6; prenotazione annullata=8; visitatore=42
ospite=42; pacco=52; consegna=52; nuovo cliente=3; preventivo=54; reclamo=45; factuur=16
factuur betaald=21; betaling mislukt=22; terugbetaling=19,20; opzegging=11; lidmaatschap=62,74
boeking=6; nieuwe boeking=6; boeking geannuleerd=8; reservering=6; bezoeker=42; pakket=52
pakje=52; klant=3; nieuwe klant=3; evenement=25; offerte=54; klacht=45; nieuwsbrief=31
`

const rowsOf = (table: string) =>
  table
    .trim()
    .split(/[;\n]/)
    .map((row) => row.trim().split('='))
    .map(([query = '', numbers = '']) => ({ query, wanted: numbers.split(',').map(Number) }))

const ROWS = [...rowsOf(ENGLISH), ...rowsOf(ABROAD)]

/** "plan" has the most matches: about prices and floors, and their groups. More are noise. */
const FOUND_AT_MOST = 20

test('the table has its full length, and queries of every language', () => {
  expect(ROWS.length).toBeGreaterThanOrEqual(200)
  expect(rowsOf(ABROAD).length).toBeGreaterThanOrEqual(ROWS.length / 3)
})

test.each(ROWS)('“$query” finds $wanted', ({ query, wanted }) => {
  const found = searchActions(query).map(({ action }) => action.number)

  expect(found.slice(0, 3).filter((number) => wanted.includes(number))).not.toEqual([])
  expect(wanted).toContain(found[0])
  expect(found.length).toBeLessThanOrEqual(FOUND_AT_MOST)
})

test.each([
  'no show',
  'no-show',
  'tour',
  'book a tour',
  'trial',
  'deposit',
  'locker',
  'survey',
  'gdpr',
  'discount',
  'door opened',
  'printing',
  'Kaution',
  'Rabatt',
  'encuesta',
  'remise',
  'sconto',
])('for “%s” Nexudus has no action, and three groups are suggested', (query) => {
  expect(searchActions(query)).toEqual([])
  expect(nearestGroups(query)).toHaveLength(3)
  for (const group of nearestGroups(query)) expect(ACTION_GROUPS).toContain(group)
})

test.each(['zzzz', 'invoice', '', 'to'])('no group is suggested for “%s”', (query) => {
  expect(nearestGroups(query)).toEqual([])
})

test.each([
  ['memeber', 4],
  ['client', 4],
  ['member', 4],
])('“%s” finds customers, and not their bookings or invoices', (query, atMost) => {
  expect(searchActions(query).length).toBeLessThanOrEqual(atMost)
})

test('accents need not be typed', () => {
  for (const [written, plain] of [
    ['Kündigung', 'kundigung'],
    ['réservation', 'reservation'],
    ['résiliation', 'resiliation'],
    ['cancelación', 'cancelacion'],
    ['rescisão', 'rescisao'],
  ] as const) {
    const numbers = (query: string) => searchActions(query).map(({ action }) => action.number)
    expect(numbers(plain)[0]).toBe(numbers(written)[0])
  }
})

test('the matching word is named in its correct spelling', () => {
  expect(searchActions('kundigung')[0]?.because).toBe('Kündigung')
  expect(searchActions('rechnung bezahlt')[0]?.because).toBe('Rechnung, bezahlt')
})
