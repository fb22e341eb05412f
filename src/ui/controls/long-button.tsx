import { Button, type ButtonProps } from '@mantine/core'
import type { ComponentPropsWithoutRef } from 'react'

import classes from './long-button.module.css'

type LongButtonProps = ButtonProps & Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps>

/** A button whose label has a name in it, as long as people made it: it wraps, and nothing is cut. */
export const LongButton = (props: LongButtonProps) => (
  <Button {...props} classNames={{ root: classes.root, label: classes.label }} />
)
