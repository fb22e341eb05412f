import { Anchor, Text, Title } from '@mantine/core'

import { Card } from '#ui/page/card.tsx'
import { Lead } from '#ui/page/page.tsx'

import { Sample, Shown } from './sample.tsx'
import classes from './styles-page.module.css'

const PAGE_COLOURS = [
  '--mantine-color-body',
  '--mantine-color-text',
  '--mantine-color-dimmed',
  '--mantine-color-placeholder',
  '--mantine-color-error',
  '--mantine-color-anchor',
  '--mantine-color-default-border',
  '--mantine-color-default-hover',
  '--mantine-primary-color-filled',
  '--mantine-primary-color-light',
]
const STEPS = ['xs', 'sm', 'md', 'lg', 'xl']

/** Colours, sizes and distances. */
export function Foundations() {
  return (
    <>
      <Card title="Colours of the desk">
        <div className={classes.grid}>
          {deskColours().map((variable) => (
            <Shown key={variable} variable={variable} as={classes.swatch} />
          ))}
        </div>
      </Card>
      <Card title="Colours of the page">
        <div className={classes.grid}>
          {PAGE_COLOURS.map((variable) => (
            <Shown key={variable} variable={variable} as={classes.swatch} />
          ))}
        </div>
      </Card>
      <Card title="Type">
        <Sample name="title of a screen (ScreenTitle looks like this)">
          <Title order={2} size="h1">
            Webhooks
          </Title>
        </Sample>
        <Sample name="Lead">
          <Lead>Every host that webhooks deliver to.</Lead>
        </Sample>
        {STEPS.map((step) => (
          <Shown key={step} variable={`--mantine-font-size-${step}`} as={classes.text} />
        ))}
        <Sample name="strong, usual, dimmed, error">
          <Text fw={600}>Stopped since 14:40</Text>
          <Text>Events since then are not delivered.</Text>
          <Text c="dimmed">Checked just now</Text>
          <Text c="var(--mantine-color-error)">Not saved</Text>
        </Sample>
        <Sample name="figures in columns, code, link">
          <span className={classes.figures}>1,111 of 9,999</span>
          <span className={classes.mono}>hooks.example.com/door-access</span>
          <Anchor href="#main">See all webhooks</Anchor>
        </Sample>
      </Card>
      <Card title="Distances and corners">
        {STEPS.map((step) => (
          <Shown key={step} variable={`--mantine-spacing-${step}`} as={classes.bar} />
        ))}
        <div className={classes.grid}>
          {STEPS.map((step) => (
            <Shown key={step} variable={`--mantine-radius-${step}`} as={classes.corner} />
          ))}
        </div>
      </Card>
    </>
  )
}

/** Found in the style sheets, so that none is forgotten. */
function deskColours(): string[] {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
  const names = rules.flatMap((rule) => (rule instanceof CSSStyleRule ? [...rule.style] : []))
  return [...new Set(names.filter((name) => name.startsWith('--desk-')))].toSorted()
}
