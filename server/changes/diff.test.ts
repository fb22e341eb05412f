import { describe, expect, it } from 'vitest'

import { diffOf } from './diff.ts'

const record = {
  BusinessId: 1_400_000_002,
  Action: 6,
  Name: 'Bookings',
  Active: true,
  URL: 'https://hooks.example.com/nexudus/abcdefgh?key=k3y',
  Description: null,
}

const shown = { hidesPaths: false }

describe('diffOf', () => {
  it("returns differing fields as text, in the form's order", () => {
    const after = { ...record, Active: false, Action: 7, Description: 'For the door' }
    expect(diffOf(record, after, shown)).toEqual([
      { field: 'Action', from: '6', to: '7' },
      { field: 'Description', from: null, to: 'For the door' },
      { field: 'Active', from: 'true', to: 'false' },
    ])
  })

  it('treats an empty text as missing', () => {
    expect(diffOf(record, { ...record, Description: '' }, shown)).toEqual([])
  })

  it('skips fields that one of the two versions lacks', () => {
    const { Description: _, ...row } = { ...record, Description: 'For the door' }
    expect(diffOf(row, { ...record, Description: 'For the lift' }, shown)).toEqual([])
  })

  it('returns every value of a created or deleted webhook', () => {
    const fields = ['BusinessId', 'Action', 'URL', 'Name', 'Active']
    expect(diffOf(null, record, shown).map(({ field }) => field)).toEqual(fields)
    expect(diffOf(record, null, shown).map(({ field }) => field)).toEqual(fields)
  })

  it('masks URLs, and marks a difference in masked parts only', () => {
    const after = { ...record, URL: record.URL.replace('k3y', 'c4nary') }
    const masked = 'https://hooks.example.com/nexudus/abcdefgh?key=••••'
    expect(diffOf(record, after, shown)).toEqual([
      { field: 'URL', from: masked, to: masked, isHidden: true },
    ])
  })

  it('hides paths from people with view-only access', () => {
    const after = { ...record, URL: 'https://hooks.example.com/nexudus/abcdxfgh?key=k3y' }
    const hidden = 'https://hooks.example.com/…efgh?••••'
    expect(diffOf(record, after, { hidesPaths: true })).toEqual([
      { field: 'URL', from: hidden, to: 'https://hooks.example.com/…xfgh?••••' },
    ])
  })

  it('masks URLs in other texts, too', () => {
    const after = { ...record, Description: 'was https://old.example.com/?key=c4nary' }
    expect(JSON.stringify(diffOf(record, after, shown))).not.toContain('c4nary')
  })
})
