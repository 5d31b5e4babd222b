import { ActionIcon, Button, useMantineColorScheme } from '@mantine/core'
import { useScheme } from '../../lib/scheme.ts'
import { speak, useWords } from '../../lib/words.ts'
import { Icon } from '../../ui/icons.tsx'
import { preferenceWords } from './preference-words.ts'

/** Language and light or dark, for pages outside of the shell. */
export function Preferences() {
  const say = useWords(preferenceWords)
  const scheme = useScheme()
  const { setColorScheme } = useMantineColorScheme()
  const other = say.language === 'zh' ? 'en' : 'zh'
  return (
    <>
      <Button variant="subtle" color="gray" size="compact-sm" lang={other} onClick={() => speak(other)}>
        {say('otherLanguage')}
      </Button>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={say(scheme === 'dark' ? 'light' : 'dark')}
        title={say(scheme === 'dark' ? 'light' : 'dark')}
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
      >
        <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
      </ActionIcon>
    </>
  )
}
