import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

import { HEALTH_LABELS } from '#contract/nexudus/health.ts'

import { findSections, sectionsOf } from './sections.ts'

const SECTIONS = sectionsOf(readFileSync('docs/guide.md', 'utf8'))

test('each section has an address of its own', () => {
  const slugs = SECTIONS.map(({ slug }) => slug)
  expect(slugs).toContain('what-a-pause-loses')
  expect(new Set(slugs).size).toBe(slugs.length)
})

test('every state of a webhook is explained', () => {
  const states = SECTIONS.find(({ slug }) => slug === 'what-the-states-mean')?.text ?? ''
  for (const label of Object.values(HEALTH_LABELS)) {
    expect(states).toMatch(new RegExp(`^\\| ${label} +\\|`, 'm'))
  }
})

test('a search finds the sections with all of its words, titles first', () => {
  expect(findSections(SECTIONS, 'pause LOSES')[0]?.slug).toBe('what-a-pause-loses')
  expect(findSections(SECTIONS, 'webhook-edit').map(({ slug }) => slug)).toEqual([
    'what-you-may-do',
  ])
  expect(findSections(SECTIONS, 'zebra')).toEqual([])
  expect(findSections(SECTIONS, ' ')).toEqual(SECTIONS)
})
