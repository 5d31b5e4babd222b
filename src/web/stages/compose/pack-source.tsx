/** The measure that a rule pack is taken from, with a link where it can be read. */
export function PackSource({ title, url }: { title: string; url: string | null }) {
  if (url === null) return title
  return (
    <a href={url} rel="noreferrer" target="_blank">
      {title}
    </a>
  )
}
