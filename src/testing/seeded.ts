import fc from 'fast-check'

/** Sweeps draw the same on every machine and day: one that fails does so for a change and not for a draw. */
fc.configureGlobal({ seed: 20_261_122 })
