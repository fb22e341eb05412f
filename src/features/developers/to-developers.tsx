import { Link } from '@tanstack/react-router'

import { paths } from '#paths'

import classes from './to-developers.module.css'

/** Leads back from a page for developers, above its title. */
export const ToDevelopers = () => (
  <Link {...paths.developers()} className={classes.link}>
    Developers
  </Link>
)
