import type { Outcome } from '../fault.js';

export interface SinkStory {
  readonly id: string;
  readonly version: number;
  /** What goes out, in the sink's format, as one line of JSON. */
  readonly json: string;
  /** The story record it was made of, as one line of JSON: the same as `json` where the format is Dateline's own. */
  readonly record: string;
}

/** The stories of one page for one sink. The same batch may come again, whole, after any crash. */
export interface SinkBatch {
  /** Name of the delivery, the same whenever it comes again. */
  readonly key: string;
  readonly stories: readonly SinkStory[];
  /** The mark on record. */
  readonly mark: string;
  /** The mark is of an attempt that began and was never booked; false: no story of the batch can have got through. */
  readonly again: boolean;
  /** Aborted when the sink's time-out is over: the other end may have taken it all the same. */
  readonly signal: AbortSignal;
  /** Puts another mark in its place. False when another attempt did so since this one began, or the delivery ended: then this one writes nothing. */
  remark(mark: string): Promise<boolean>;
}

/**
 * A place downstream. The order is always: `begin`, the mark is written to Redis, `deliver`, the delivery is booked.
 * A sink shows each id and version once; where the other end cannot tell twins apart, the mark says where to look for traces of
 * an earlier attempt. What follows a fault:
 *
 * | fault                      | the delivery                          | the sink                                              |
 * |----------------------------|---------------------------------------|-------------------------------------------------------|
 * | retry-later                | again, with back-off                  | after some in a row: left alone, then tried with one  |
 * | retry-later, `sink-busy`   | again, not counted as an attempt      | goes on                                               |
 * | retry-later, `sink-throttled` | waits, not counted as an attempt   | left alone for `retryAfterMs`                         |
 * | misconfigured              | waits, not counted                    | left alone, tried with one: a person mends it         |
 * | give-up                    | quarantined: this story never will do | goes on                                               |
 * | give-up, `sink-gone`       | quarantined, and all that follow      | stopped until `dateline sinks resume`                 |
 */
export interface Sink {
  /** Small letters, digits and `-`: part of keys and of the books; never changed. */
  readonly name: string;
  /** Where the stories go, for people; holds no secret. */
  readonly where: string;
  /** Makes ready, and gives the mark to be kept while a delivery is under way: '' when the other end honours the key itself. */
  begin(): Promise<Outcome<string>>;
  deliver(batch: SinkBatch): Promise<Outcome<void>>;
  /** Whether the other end can be reached and would take stories, in words; nothing is delivered. */
  check(signal: AbortSignal): Promise<Outcome<string>>;
  close(): Promise<void>;
}

/** Codes that say more than their consequence. */
export const SINK_BUSY = 'sink-busy';
export const SINK_THROTTLED = 'sink-throttled';
export const SINK_GONE = 'sink-gone';
