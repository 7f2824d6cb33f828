import type { Outcome } from '../fault.js';

export interface SinkStory {
  readonly id: string;
  readonly version: number;
  /** The record as one line of JSON. */
  readonly json: string;
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
  /** Puts another mark in its place. */
  remark(mark: string): Promise<void>;
}

/**
 * A place downstream. The order is always: `begin`, the mark is written to Redis, `deliver`, the delivery is booked.
 * A sink shows each id and version once; where the other end cannot tell twins apart, the mark says where to look for traces of
 * an earlier attempt. Faults: `retry-later` is tried again with back-off, the others go to quarantine.
 */
export interface Sink {
  /** Small letters, digits and `-`: part of keys and of the books; never changed. */
  readonly name: string;
  /** Where the stories go, for people. */
  readonly where: string;
  /** Makes ready, and gives the mark to be kept while a delivery is under way: '' when the other end honours the key itself. */
  begin(): Promise<Outcome<string>>;
  deliver(batch: SinkBatch): Promise<Outcome<void>>;
  close(): Promise<void>;
}
