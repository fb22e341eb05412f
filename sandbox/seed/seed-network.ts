import type { TimeZoneKey } from '#sandbox/records/time-zones.ts'

export type Site = {
  key: string
  name: string
  /** Only if it differs from the name. */
  toStringText?: string
  webAddress: string
  zone: TimeZoneKey
  currency: string
  country: string
  town: string
  address: string
  postalCode: string
  at: [latitude: number, longitude: number]
  isSuspended?: boolean
  isPassportOnly?: boolean
  /** Signs its deliveries. */
  sharedSecret?: string
  systemId?: string
}

/** The account itself comes first; it is listed as a location among the others. */
export const NETWORK = [
  {
    key: 'root',
    name: '(Northlight Network)',
    webAddress: 'northlight',
    zone: 'gmt',
    currency: 'GBP',
    country: 'United Kingdom',
    town: 'London',
    address: '1 Canada Square',
    postalCode: 'E14 5AB',
    at: [51.5049, -0.0195],
  },
  {
    key: 'shoreditch',
    name: 'Northlight Shoreditch',
    webAddress: 'northlight-shoreditch',
    zone: 'gmt',
    currency: 'GBP',
    country: 'United Kingdom',
    town: 'London',
    address: '24 Curtain Road',
    postalCode: 'EC2A 3NH',
    at: [51.5239, -0.0813],
    systemId: 'crm-site-001',
    sharedSecret: 'shoreditch-demo-secret',
  },
  {
    key: 'manchester',
    name: 'Northlight Ancoats',
    webAddress: 'northlight-ancoats',
    zone: 'gmt',
    currency: 'GBP',
    country: 'United Kingdom',
    town: 'Manchester',
    address: '12 Blossom Street',
    postalCode: 'M4 5AN',
    at: [53.4848, -2.2277],
    systemId: 'crm-site-002',
  },
  {
    // a blank name occurs in practice; only the display text is left then
    key: 'dublin',
    name: '',
    toStringText: 'Northlight Dublin',
    webAddress: 'northlight-dublin',
    zone: 'gmt',
    currency: 'EUR',
    country: 'Ireland',
    town: 'Dublin',
    address: '7 Grand Canal Quay',
    postalCode: 'D02 X285',
    at: [53.3412, -6.2381],
  },
  {
    key: 'lisbon',
    name: 'Northlight Príncipe Real',
    webAddress: 'northlight-lisboa',
    zone: 'gmt',
    currency: 'EUR',
    country: 'Portugal',
    town: 'Lisboa',
    address: 'Rua da Escola Politécnica 40',
    postalCode: '1250-102',
    at: [38.7172, -9.1489],
    sharedSecret: 'lisbon-demo-secret',
  },
  {
    key: 'malaga',
    name: 'Northlight Málaga Soho',
    webAddress: 'northlight-malaga',
    zone: 'romance',
    currency: 'EUR',
    country: 'Spain',
    town: 'Málaga',
    address: 'Calle Tomás Heredia 9',
    postalCode: '29001',
    at: [36.7155, -4.4243],
  },
  {
    key: 'berlin',
    name: 'Northlight Kreuzberg',
    webAddress: 'northlight-kreuzberg',
    zone: 'westEurope',
    currency: 'EUR',
    country: 'Germany',
    town: 'Berlin',
    address: 'Oranienstraße 185',
    postalCode: '10999',
    at: [52.5006, 13.4189],
  },
  {
    key: 'krakow',
    name: 'Northlight Kazimierz',
    webAddress: 'northlight-krakow',
    zone: 'centralEuropean',
    currency: 'PLN',
    country: 'Poland',
    town: 'Kraków',
    address: 'ul. Józefa 12',
    postalCode: '31-056',
    at: [50.0503, 19.9462],
  },
  {
    key: 'telAviv',
    name: 'נורת׳לייט תל אביב',
    webAddress: 'northlight-tlv',
    zone: 'israel',
    currency: 'ILS',
    country: 'Israel',
    town: 'Tel Aviv',
    address: '30 Rothschild Blvd',
    postalCode: '6688218',
    at: [32.0636, 34.7735],
    sharedSecret: 'telAviv-demo-secret',
  },
  {
    key: 'newYork',
    name: 'Northlight Dumbo',
    webAddress: 'northlight-dumbo',
    zone: 'eastern',
    currency: 'USD',
    country: 'United States',
    town: 'New York',
    address: '55 Washington Street',
    postalCode: '11201',
    at: [40.7026, -73.9892],
  },
  {
    key: 'saoPaulo',
    name: 'Northlight São Paulo',
    webAddress: 'northlight-sp',
    zone: 'southAmerica',
    currency: 'BRL',
    country: 'Brazil',
    town: 'São Paulo',
    address: 'Rua Augusta 1508',
    postalCode: '01304-001',
    at: [-23.5558, -46.6587],
    isSuspended: true,
  },
  {
    key: 'tokyo',
    name: 'Northlight 中目黒',
    webAddress: 'northlight-tokyo',
    zone: 'tokyo',
    currency: 'JPY',
    country: 'Japan',
    town: 'Tokyo',
    address: '1-10-23 Kamimeguro',
    postalCode: '153-0051',
    at: [35.6442, 139.6988],
    isPassportOnly: true,
  },
] as const satisfies Site[]

export type SiteKey = (typeof NETWORK)[number]['key']
