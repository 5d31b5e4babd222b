import { type DragEvent, type ReactNode, useId, useState } from 'react'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { uiWords } from '../words.ts'
import classes from './form.module.css'

export interface FileDropProps {
  /** Called with what was dropped or chosen, all within the limit. */
  onFiles: (files: File[]) => void
  bytesMax: number
  several?: boolean
  /** As of an `<input accept>`: `.xlsx,.csv,.zip`. What the file really is, the server finds out. */
  accept?: string
  children?: ReactNode
}

/** A place to drop a file, which is a button too. */
export function FileDrop({ onFiles, bytesMax, several = false, accept, children }: FileDropProps) {
  const say = useWords(uiWords)
  const format = useFormat()
  const id = useId()
  const [over, setOver] = useState(false)
  const [tooLarge, setTooLarge] = useState<File | null>(null)
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])].slice(0, several ? undefined : 1)
    const large = files.find((file) => file.size > bytesMax) ?? null
    setTooLarge(large)
    if (files.length && !large) onFiles(files)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <section
      className={classes.drop}
      data-over={over || undefined}
      aria-label={say('dropHere')}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>{say('dropHere')}</p>
      <div>
        <input
          id={id}
          type="file"
          className={classes.dropInput}
          multiple={several}
          {...(accept ? { accept } : {})}
          onChange={(event) => {
            take(event.currentTarget.files)
            // The same file may be chosen again after it was mended.
            event.currentTarget.value = ''
          }}
        />
        <label htmlFor={id} className={classes.dropButton}>
          {say('dropChoose')}
        </label>
      </div>
      {children ? <div className="soft">{children}</div> : null}
      {tooLarge ? (
        <p role="alert">
          {say('dropTooLarge', {
            name: tooLarge.name,
            size: format.bytes(tooLarge.size),
            limit: format.bytes(bytesMax),
          })}
        </p>
      ) : null}
    </section>
  )
}
