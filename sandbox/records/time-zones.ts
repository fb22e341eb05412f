/**
 * Time zones as Nexudus names them: a number of its own, a Windows id, and the IANA name. With the
 * minutes they are ahead of UTC in winter, and whether they have a summer time.
 */
export const TIME_ZONES = {
  gmt: {
    id: 2023,
    name: 'GMT Standard Time',
    iana: 'Europe/London',
    winterOffset: 0,
    usesSummerTime: true,
  },
  romance: {
    id: 2027,
    name: 'Romance Standard Time',
    iana: 'Europe/Madrid',
    winterOffset: 60,
    usesSummerTime: true,
  },
  westEurope: {
    id: 2029,
    name: 'W. Europe Standard Time',
    iana: 'Europe/Berlin',
    winterOffset: 60,
    usesSummerTime: true,
  },
  centralEuropean: {
    id: 2026,
    name: 'Central European Standard Time',
    iana: 'Europe/Warsaw',
    winterOffset: 60,
    usesSummerTime: true,
  },
  israel: {
    id: 2035,
    name: 'Israel Standard Time',
    iana: 'Asia/Jerusalem',
    winterOffset: 120,
    usesSummerTime: true,
  },
  eastern: {
    id: 2011,
    name: 'Eastern Standard Time',
    iana: 'America/New_York',
    winterOffset: -300,
    usesSummerTime: true,
  },
  pacific: {
    id: 2004,
    name: 'Pacific Standard Time',
    iana: 'America/Los_Angeles',
    winterOffset: -480,
    usesSummerTime: true,
  },
  southAmerica: {
    id: 2018,
    name: 'E. South America Standard Time',
    iana: 'America/Sao_Paulo',
    winterOffset: -180,
    usesSummerTime: false,
  },
  india: {
    id: 2050,
    name: 'India Standard Time',
    iana: 'Asia/Kolkata',
    winterOffset: 330,
    usesSummerTime: false,
  },
  tokyo: {
    id: 2061,
    name: 'Tokyo Standard Time',
    iana: 'Asia/Tokyo',
    winterOffset: 540,
    usesSummerTime: false,
  },
  sydney: {
    id: 2065,
    name: 'AUS Eastern Standard Time',
    iana: 'Australia/Sydney',
    winterOffset: 600,
    usesSummerTime: true,
  },
} as const

export type TimeZoneKey = keyof typeof TIME_ZONES
export type TimeZone = (typeof TIME_ZONES)[TimeZoneKey]

export const timeZoneOf = (id: number) => Object.values(TIME_ZONES).find((zone) => zone.id === id)
