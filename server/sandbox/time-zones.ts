/** Time zones as Nexudus names them: a number of its own, a Windows id, and the IANA name. */
export const TIME_ZONES = {
  gmt: { id: 2023, name: 'GMT Standard Time', iana: 'Europe/London' },
  romance: { id: 2027, name: 'Romance Standard Time', iana: 'Europe/Madrid' },
  westEurope: { id: 2029, name: 'W. Europe Standard Time', iana: 'Europe/Berlin' },
  centralEuropean: { id: 2026, name: 'Central European Standard Time', iana: 'Europe/Warsaw' },
  israel: { id: 2035, name: 'Israel Standard Time', iana: 'Asia/Jerusalem' },
  eastern: { id: 2011, name: 'Eastern Standard Time', iana: 'America/New_York' },
  pacific: { id: 2004, name: 'Pacific Standard Time', iana: 'America/Los_Angeles' },
  southAmerica: { id: 2018, name: 'E. South America Standard Time', iana: 'America/Sao_Paulo' },
  india: { id: 2050, name: 'India Standard Time', iana: 'Asia/Kolkata' },
  tokyo: { id: 2061, name: 'Tokyo Standard Time', iana: 'Asia/Tokyo' },
  sydney: { id: 2065, name: 'AUS Eastern Standard Time', iana: 'Australia/Sydney' },
} as const

export type TimeZoneKey = keyof typeof TIME_ZONES

export const timeZoneOf = (id: number) => Object.values(TIME_ZONES).find((zone) => zone.id === id)
