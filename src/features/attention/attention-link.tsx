import { VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import type { Attention } from '#contract/desk/attention.ts'
import { paths } from '#paths'
import { useTitleCount } from '#ui/page/page.tsx'
import { plural } from '#contract/words/plural.ts'

import { attentionQueries } from './attention-api.ts'
import classes from './attention-link.module.css'

type AttentionLinkProps = { className: string | undefined; children: ReactNode }

/** The way to the start page, with the number of open incidents there and in the tab's title. */
export function AttentionLink({ className, children }: AttentionLinkProps) {
  const { data: count = 0 } = useQuery({ ...attentionQueries.page(), select: openCount })
  useTitleCount(count)
  return (
    <Link {...paths.attention()} activeOptions={{ exact: true }} className={className}>
      {children}
      <span>Attention</span>
      {count > 0 && (
        <span className={classes.mark}>
          <span aria-hidden className={classes.count}>
            {count}
          </span>
          <VisuallyHidden>{`, ${plural(count, 'open incident')}`}</VisuallyHidden>
        </span>
      )}
    </Link>
  )
}

const openCount = ({ incidents }: Attention) =>
  incidents.filter(({ closedAt }) => closedAt === null).length
