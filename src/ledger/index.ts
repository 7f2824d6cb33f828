export { DISPOSITIONS, bucketOf, parseState, type Disposition, type ItemStage, type ItemState } from './state.js';
export { itemFactsSchema, type ItemFacts, type ItemRef } from './facts.js';
export { heldBack, takeIn, REREAD_AFTER_S, type HeldBack, type ListedItem } from './intake.js';
export { claimAddress, releaseAddress } from './address-claim.js';
export { itemState, itemToRead } from './items.js';
export { settleDuplicate, settleQuarantined, settleRejected, settleUnchanged } from './settle.js';
export { accept, storeFill, PAGE_LIFETIME_S, type Acceptance, type Accepted, type AcceptOutcome, type SinkBound, type StoreBounds } from './accept.js';
export { backlogs, intakeFill, sinksOwed, type Backlog } from './backlog.js';
export {
  bytesAt, inSpillTurn, placeOf, places, PLACE_UNSEEN_MS, seePlace, segment, segments, spilled, spillMarks, unseenPlaces,
  type Place, type Segment, type Spilled, type SpillMark, type UnseenPlace,
} from './spill.js';
export { abandonSegment, beginSegment, closeSegment, deliveryOf, markSpilled, toSpill, type SpilledDelivery } from './spill-out.js';
export { loseSpilled, releaseTodo, takeBack } from './spill-back.js';
export { beginDelivery, delivered, deliveryQuarantined, markDelivery, type BegunDelivery, type DeliveryEnd } from './delivery.js';
export { decodeStories, encodeStories, storedStories, type StoredStory } from './stories.js';
export { books, booksOf, NO_ITEMS, type Books } from './books.js';
export { stillListed } from './still-listed.js';
export { verify, type Imbalance, type Verification } from './verify.js';
export { booksSince, flowHours, trimFlow, type FlowHour } from './flow.js';
export { HISTORY_STEPS, OTHER, readHistory, sharesOf, tallyOf, type HistoryPoint, type HistoryShare, type HistoryStep, type ToldStory } from './history.js';
export { stagesInFlight, type Stages } from './stages.js';
export { latestSteps, storiesOf, trace, traceAttempts, trimTrace, type Attempt, type TraceStep, type Wanted } from './trace.js';
export { takeToReread, type RereadOutcome } from './reread.js';
export { retire } from './retire.js';
export type { QuarantineEntry } from './quarantine-entry.js';
export {
  dropQuarantined, expireQuarantined, listQuarantine, quarantined, retryQuarantined, showQuarantined,
  type QuarantineBounds, type QuarantinedJob, type QuarantinedWhole, type QuarantineFilter,
} from './quarantine.js';
export { pollFailed, pollWentWell, sourceState, type GoodPoll, type SourceState } from './source-state.js';
export { encodePage, knownPage, toldElsewhere, type KnownPage } from './pages.js';
export { countPageLanguage, sourceLanguages } from './source-languages.js';
export { renameItems } from './rename.js';
export { claimReasks, endReask, reaskBacklog, youngPage, type FoundYoung, type Reask, type ReaskBounds, type ReaskClaim, type YoungPage } from './reask.js';
