import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { inZone, type Search } from '../lib/address.ts'
import { useSlug } from '../lib/zone-slug.ts'
import classes from './go.module.css'

export interface GoProps {
  /** A path of the zone at hand (`/organisations`), or with `house` a path from the root (`/sign-in`). */
  to: string
  house?: boolean
  search?: Search
  className?: string
  /** As plain text that shows itself as a link only under the pointer: for names in dense tables. */
  quiet?: boolean
  children: ReactNode
  title?: string
  onClick?: () => void
  'data-row-link'?: boolean
  'aria-current'?: 'page'
  'aria-label'?: string
}

const EXACTLY = { exact: true, includeSearch: false }

/** A link to another page. */
export function Go({ to, house = false, search = {}, className, quiet = false, children, ...rest }: GoProps) {
  const slug = useSlug()
  return (
    <Link
      to={house ? to : inZone(slug, to)}
      search={search as never}
      // Only the page itself is the current one, not those above it.
      activeOptions={EXACTLY}
      className={className ?? (quiet ? classes.quiet : classes.link)}
      {...rest}
    >
      {children}
    </Link>
  )
}

/** A link to another site: opens beside this one and tells it nothing. */
export function Outward({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} className={classes.link} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  )
}
