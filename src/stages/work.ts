import type { World } from '../world.ts'

/** Names, for every kind of long work, the stage that does it. */
export function registerWork(_world: World): void {}
