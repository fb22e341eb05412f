import { Alert, Button, PasswordInput, Stack, Tabs, Text, Textarea, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'

import {
  examineSignature,
  SIGNATURE_HEADER,
  signatureOf,
  type SignatureVerdict,
} from '#contract/nexudus/signature.ts'
import { ToDevelopers } from '#features/developers/to-developers.tsx'
import { Form } from '#ui/controls/form.tsx'
import { useCopy } from '#ui/feedback/copy.ts'
import { useNotices } from '#ui/feedback/notices.tsx'
import { Card } from '#ui/page/card.tsx'
import { Columns, Lead, Page, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'
import { ScrollBox } from '#ui/page/scroll-box.tsx'

import classes from './signature-page.module.css'
import csharp from './snippets/verify.cs?raw'
// oxlint-disable-next-line import/default -- a text, with ?raw; the rule looks into the module
import javascript from './snippets/verify.mjs?raw'
import php from './snippets/verify.php?raw'
import python from './snippets/verify.py?raw'
import { VERDICTS } from './verdict-words.ts'

const SNIPPETS = [
  { language: 'JavaScript', code: javascript },
  { language: 'Python', code: python },
  { language: 'C#', code: csharp },
  { language: 'PHP', code: php },
]

type Examined = { verdict: SignatureVerdict; expected: string }

/** Checks a signature, and names the known mistake behind a wrong one. */
export function SignaturePage() {
  useDocumentTitle('Check a signature')
  return (
    <Page width="full">
      <ToDevelopers />
      <ScreenTitle>Check a signature</ScreenTitle>
      <Lead>
        Nexudus signs a delivery when its location has a shared secret: HMAC-SHA256 of the body, in
        upper-case hex, in the header <code>{SIGNATURE_HEADER}</code>. What you paste stays in this
        page; nothing is sent.
      </Lead>
      <Columns>
        <Checker />
        <Snippets />
      </Columns>
    </Page>
  )
}

function Checker() {
  const { announce } = useNotices()
  const [body, setBody] = useState('')
  const [secret, setSecret] = useState('')
  const [signature, setSignature] = useState('')
  const [examined, setExamined] = useState<Examined | null>(null)
  const [isTold, setIsTold] = useState(false)

  // a result belongs to the values examined, not to those typed since
  const times = useRef(0)
  const type = (set: (text: string) => void) => (text: string) => {
    times.current += 1
    set(text)
    setExamined(null)
  }
  const typeBody = type(setBody)
  const typeSecret = type(setSecret)
  const typeSignature = type(setSignature)

  async function examine() {
    setIsTold(true)
    if (body === '' || secret === '') return
    const asked = times.current
    const verdict = await examineSignature({ body, secret, signature })
    const expected = await signatureOf(secret, body)
    if (times.current !== asked) return
    setExamined({ verdict, expected })
    announce(VERDICTS[verdict].title)
  }

  return (
    <Card>
      <Form label="Check a signature" className={classes.form} onSubmit={() => void examine()}>
        <Textarea
          label="Body"
          description="Exactly as it arrived. A text field turns line endings into \n."
          autosize
          minRows={4}
          maxRows={14}
          spellCheck={false}
          dir="ltr"
          required
          error={isTold && body === '' ? 'Paste the body' : undefined}
          value={body}
          onChange={(event) => typeBody(event.currentTarget.value)}
        />
        <PasswordInput
          label="Shared secret"
          autoComplete="off"
          required
          error={isTold && secret === '' ? 'Paste the secret' : undefined}
          value={secret}
          onChange={(event) => typeSecret(event.currentTarget.value)}
        />
        <TextInput
          label={SIGNATURE_HEADER}
          description="From the header of the delivery. Leave empty to see the expected signature."
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
          value={signature}
          onChange={(event) => typeSignature(event.currentTarget.value)}
        />
        <div>
          <Button type="submit">Check</Button>
        </div>
        {examined && <Verdict {...examined} />}
      </Form>
    </Card>
  )
}

function Verdict({ verdict, expected }: Examined) {
  const { level, title, text } = VERDICTS[verdict]
  return (
    <Alert color={level === 'good' ? 'green' : 'orange'} variant="light" title={title}>
      <Text size="sm">{text}</Text>
      <Text size="sm" mt="xs">
        For this body and this secret the signature is
      </Text>
      <code className={classes.expected}>{expected}</code>
    </Alert>
  )
}

function Snippets() {
  const copy = useCopy()
  return (
    <Card title="In your receiver">
      <Tabs defaultValue="JavaScript" keepMounted={false}>
        <Tabs.List aria-label="Languages">
          {SNIPPETS.map(({ language }) => (
            <Tabs.Tab key={language} value={language}>
              {language}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {SNIPPETS.map(({ language, code }) => (
          <Tabs.Panel key={language} value={language} pt="sm">
            <Stack gap="xs" align="flex-start">
              <ScrollBox label={`${language} code`} className={classes.code}>
                <pre>{code}</pre>
              </ScrollBox>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => void copy(code, `Copied the ${language} code.`)}
              >
                Copy
              </Button>
            </Stack>
          </Tabs.Panel>
        ))}
      </Tabs>
      <Text size="sm" c="dimmed">
        Nothing that Nexudus documents in a delivery says when it was made, so a valid signature
        does not protect against a replay. Compare the record’s Id and UpdatedOn with what you have
        already handled.
      </Text>
    </Card>
  )
}
