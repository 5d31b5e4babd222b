import { useEffect } from 'react'

const PRODUCT = 'Consortia'

/** The name of the page in the window's title, until the page is left. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · ${PRODUCT}` : PRODUCT
  }, [title])
}
