import {
  Button,
  Checkbox,
  CloseButton,
  Group,
  Kbd,
  NativeSelect,
  PasswordInput,
  Radio,
  Switch,
  TextInput,
} from '@mantine/core'
import { IconDownload, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'

import { ActionPicker } from '#pickers/action-picker.tsx'
import { LocationPicker } from '#pickers/location-picker.tsx'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { FilterMenu } from '#ui/controls/filter-menu.tsx'
import { PlainTextarea } from '#ui/controls/form.tsx'
import { LongButton } from '#ui/controls/long-button.tsx'
import { PlainCheckbox } from '#ui/controls/plain-checkbox.tsx'
import { SearchInput } from '#ui/controls/search-input.tsx'
import { TimeField } from '#ui/controls/time-field.tsx'
import { UrlInput } from '#ui/controls/url-input.tsx'
import { ownZone, ZoneField } from '#ui/controls/zone-field.tsx'
import { Card } from '#ui/page/card.tsx'

import { Sample } from './sample.tsx'
import classes from './styles-page.module.css'

const VARIANTS = ['filled', 'default', 'light', 'subtle'] as const
const WRONG = 'Enter a URL that begins with https://'
const LOCATIONS = [
  { id: 1, name: 'Northlight Shoreditch', note: 'London' },
  { id: 2, name: 'Northlight Príncipe Real', note: 'Lisboa' },
]

/** Buttons, choices, fields and pickers. */
export function Inputs() {
  return (
    <>
      <Buttons />
      <Choices />
      <Fields />
      <Pickers />
    </>
  )
}

function Buttons() {
  return (
    <Card title="Buttons">
      {VARIANTS.map((variant) => (
        <Sample key={variant} name={variant}>
          <Group>
            <Button variant={variant}>Save changes</Button>
            <Button variant={variant} leftSection={<IconDownload size={18} aria-hidden />}>
              Export
            </Button>
            <Button variant={variant} loading>
              Busy
            </Button>
            <Button variant={variant} disabled>
              Disabled
            </Button>
            <Button variant={variant} size="compact-sm">
              Try again
            </Button>
            <Button variant={variant} size="compact-xs">
              Send again
            </Button>
          </Group>
        </Sample>
      ))}
      <Sample name="dangerous, closing, a key">
        <Group>
          <Button color="red">Delete</Button>
          <CloseButton aria-label="Close" />
          <Kbd size="xs">Ctrl K</Kbd>
        </Group>
      </Sample>
      <Sample name="LongButton">
        <LongButton variant="default">
          Pause all at Northlight Príncipe Real, second floor, meeting room with a view over the
          river
        </LongButton>
      </Sample>
      <Disclosure summary="Disclosure, closed">More details.</Disclosure>
      <Disclosure summary="Disclosure, open" isOpen>
        More details.
      </Disclosure>
    </Card>
  )
}

const CHOICES = [
  ['off', {}],
  ['on', { defaultChecked: true }],
  ['disabled', { disabled: true }],
  ['on and disabled', { defaultChecked: true, disabled: true }],
] as const

function Choices() {
  return (
    <Card title="Switches and boxes">
      <div className={classes.grid}>
        {CHOICES.map(([name, props]) => (
          <Sample key={name} name={name}>
            <Switch label="Short retries" {...props} />
            <Checkbox label="Daily summary" {...props} />
            <Radio label="At another time" name={name} {...props} />
            <PlainCheckbox aria-label="Select a row" {...props} />
          </Sample>
        ))}
        <Sample name="with a description, with an error, some of all">
          <Switch label="Quiet hours" description="Nothing is sent between these times." />
          <Checkbox label="Monday" error="Choose at least one day." />
          <Checkbox label="All" indeterminate />
        </Sample>
      </div>
    </Card>
  )
}

function Fields() {
  const [text, setText] = useState('door')
  const [time, setTime] = useState('22:00')
  const [zone, setZone] = useState(ownZone)
  return (
    <Card title="Fields">
      <div className={classes.grid}>
        <TextInput label="Name" placeholder="Door access" />
        <TextInput label="Name" description="As people read it in mails." defaultValue="Doors" />
        <TextInput label="URL" required defaultValue="door" error={WRONG} />
        <TextInput label="Name" disabled defaultValue="Doors" />
        <PasswordInput label="Password" defaultValue="sandbox" />
        <PasswordInput label="Password" error="Enter your password." />
        <NativeSelect label="Order" data={['Most urgent first', 'By name']} />
        <NativeSelect label="Order" data={['Most urgent first']} error="Choose an order." />
        <UrlInput label="URL" defaultValue="https://hooks.example.com/doors" />
        <SearchInput aria-label="Search" placeholder="Search" value={text} onChange={setText} />
        <TimeField label="From" value={time} onChange={setTime} />
        <ZoneField description="Of the times." value={zone} isWrong={false} onChange={setZone} />
        <ZoneField description="Of the times." value="Mars" isWrong onChange={() => {}} />
        <PlainTextarea label="Description" rows={3} defaultValue="Opens the doors." />
        <PlainTextarea label="Description" rows={3} error="At most 1,000 characters." />
      </div>
    </Card>
  )
}

function Pickers() {
  const [action, setAction] = useState(0)
  const [location, setLocation] = useState(1)
  const [chosen, setChosen] = useState<number[]>([1])
  const toggle = (value: number) =>
    setChosen((all) => (all.includes(value) ? all.filter((one) => one !== value) : [...all, value]))
  const options = LOCATIONS.map(({ id, name, note }) => ({
    value: id,
    label: name,
    hint: note,
    count: id * 3,
  }))
  const nameOf = (id: number) => LOCATIONS.find((one) => one.id === id)?.name ?? ''
  return (
    <Card title="Pickers and filters">
      <div className={classes.grid}>
        <ActionPicker value={action} used={[6, 21]} onChange={setAction} />
        <ActionPicker value={0} used={[]} error="Choose an action" required onChange={setAction} />
        <LocationPicker
          value={location}
          chosen={nameOf(location)}
          choices={LOCATIONS}
          onChange={setLocation}
        />
        <LocationPicker value={0} chosen="" choices={undefined} onChange={setLocation} />
      </div>
      <Group>
        <FilterMenu
          label="Location"
          options={() => options}
          chosen={chosen}
          onToggle={toggle}
          onOnly={(value) => setChosen([value])}
        />
        <FilterMenu label="Action" options={() => []} chosen={[]} onToggle={toggle} />
        <Button leftSection={<IconPlus size={18} aria-hidden />}>New webhook</Button>
      </Group>
    </Card>
  )
}
