import { ActionIcon, Popover, Text } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'

import { paths } from '#paths'

import classes from './help-tip.module.css'

type HelpTipProps = {
  /** Names the matter, after “Help:”. */
  about: string
  /** The section of the guide, as in its address. */
  section: string
  /** Two sentences. */
  children: string
}

/** Explains a matter where one wonders, and leads to the guide. */
export function HelpTip({ about, section, children }: HelpTipProps) {
  return (
    <Popover width={280} position="bottom-start">
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Help: ${about}`}>
          <IconHelpCircle size={18} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Help: ${about}`}>
        <Text size="sm">{children}</Text>
        <Link {...paths.help()} hash={section} className={classes.more}>
          More in the guide
        </Link>
      </Popover.Dropdown>
    </Popover>
  )
}
