import type { Context, Hono } from 'hono'
import { open, read, serve, write } from '#http/serve.ts'
import type { World } from '../../world.ts'
import { watchApi } from './api.ts'
import { endDigest, readDigest, readDigestEnd, setDigest } from './digest-service.ts'
import { readFeedState, renewFeed, revokeFeed, serveFeed } from './feed.ts'
import { addWatch, changeWatch, readHits, readWatches, removeWatch, restoreWatch } from './service.ts'
import { readWanted } from './wanted-service.ts'

/** What the command road takes from a request by itself, for handlers that open their own commands. */
const orderedBy = (context: Context) => ({
  key: context.req.header('idempotency-key'),
  rehearse: context.req.query('rehearse') === 'true',
})

export function mountWatch(app: Hono, world: World): void {
  serve(app, world, watchApi, {
    wantedOrganisation: open(({ caller, params }) =>
      readWanted(world, caller, { kind: 'wanted_organisation', subjectId: params.organisation }),
    ),
    wantedResult: open(({ caller, params }) =>
      readWanted(world, caller, { kind: 'wanted_result', subjectId: params.result }),
    ),
    watches: read((tx, { caller }) => readWatches(tx, caller)),
    addWatch: open(({ caller, body }, context) => addWatch(world, caller, body, orderedBy(context))),
    changeWatch: open(({ caller, params, body }, context) =>
      changeWatch(world, caller, params.watch, body, orderedBy(context)),
    ),
    removeWatch: write((done, { caller, params }) => removeWatch(done, caller, params.watch)),
    restoreWatch: write((done, { caller, params }) => restoreWatch(done, caller, params.watch)),
    watchHits: read((tx, { caller, params }) => readHits(tx, caller, params.watch)),
    feed: read((tx, { caller }) => readFeedState(tx, caller)),
    renewFeed: open(({ caller }, context) => renewFeed(world, caller, orderedBy(context))),
    revokeFeed: write((done, { caller }) => revokeFeed(done, caller)),
    feedFile: open(({ params, query }, context) => serveFeed(world, params.feed, query, context)),
    digest: read((tx, { caller }) => readDigest(tx, caller, world.clock.now())),
    setDigest: write((done, { caller, body }) => setDigest(done, caller, body)),
    digestEnd: open(({ params }) => readDigestEnd(world, params.digest)),
    endDigest: open(({ params }) => endDigest(world, params.digest)),
  })
}
