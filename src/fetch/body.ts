import type { Transform } from 'node:stream';
import { finished } from 'node:stream/promises';
import * as zlib from 'node:zlib';

/** More layers than a mistaken server ever put on; a stack of them is an attack. */
const MAX_LAYERS = 3;
/** What a decoder may lose of its output when it fails (zlib's chunk), and so the input worth trying again byte by byte. */
const SALVAGE_BYTES = 16_384;

export class BodyTooLargeError extends Error {
  readonly code = 'ERR_BODY_TOO_LARGE';

  constructor(maxBytes: number) {
    super(`the body is larger than ${maxBytes} bytes`);
  }
}

export class UnreadableBodyError extends Error {
  readonly code = 'ERR_BODY_UNREADABLE';
}

export interface BodyBound {
  readonly maxBytes: number;
  /** Take the first `maxBytes` of a larger body instead of throwing. */
  readonly cut?: boolean | undefined;
}

export interface Body {
  readonly bytes: Uint8Array;
  /** The body was cut, or its compressed stream ended early or held an error; the bytes are what came before. */
  readonly damaged: boolean;
}

type Decoder = Transform & { readonly bytesWritten: number };
/** Chooses by the first bytes; null when the bytes are not coded at all, whatever the header says. */
type Coding = (head: Uint8Array) => Decoder | null;

const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b && head[2] === 0x08;
/** RFC 1950, 2.2: method 8, and a checksum over the first two bytes. */
const isZlib = ([first = 0, second = 0]: Uint8Array): boolean => (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;

const gzip: Coding = (head) => (isGzip(head) ? zlib.createGunzip() : null);
/** `deflate` ought to be zlib's format, but servers have long sent the bare stream as well. */
const deflate: Coding = (head) => (isZlib(head) ? zlib.createInflate() : zlib.createInflateRaw());
const brotli: Coding = () => zlib.createBrotliDecompress();

/** Content codings of RFC 9110, 8.4.1. */
const CODINGS: ReadonlyMap<string, Coding> = new Map([['gzip', gzip], ['x-gzip', gzip], ['br', brotli], ['deflate', deflate]]);

/** Codings that nobody asked for and that cannot be undone here. Any other unknown word (`utf-8`, `none`) is a mistake and changes no byte. */
const CANNOT_DECODE: ReadonlySet<string> = new Set(['zstd', 'compress', 'x-compress', 'dcb', 'dcz', 'aes128gcm', 'exi', 'pack200-gzip']);

export const ACCEPT_ENCODING = 'gzip, br, deflate';

/**
 * Reads a body whole and undoes its codings, never holding more than the bound of any layer: a bomb is stopped where it passes
 * the bound. gzip within gzip, and gzip that no header names, are undone too.
 *
 * @throws BodyTooLargeError, UnreadableBodyError, and whatever the source stream fails with
 */
export async function readBody(source: AsyncIterable<Uint8Array>, contentEncoding: string | undefined, bound: BodyBound): Promise<Body> {
  const names = (contentEncoding ?? '').toLowerCase().split(',').map((name) => name.trim());
  const unknown = names.find((name) => CANNOT_DECODE.has(name));
  if (unknown !== undefined) throw new UnreadableBodyError(`the body is coded as ${unknown}, which was not asked for`);
  const layers = names.flatMap((name) => CODINGS.get(name) ?? []).reverse();
  if (layers.length > MAX_LAYERS) throw new UnreadableBodyError(`the body is compressed ${layers.length} times over`);

  let body = await decode(source, layers[0] ?? notCoded, bound);
  const undo = async (coding: Coding): Promise<void> => {
    const inner = await decode(once(body.bytes), coding, bound);
    body = { bytes: inner.bytes, damaged: body.damaged || inner.damaged };
  };
  for (const coding of layers.slice(1)) await undo(coding);
  for (let layer = layers.length; layer < MAX_LAYERS && isGzip(body.bytes); layer += 1) await undo(gzip);
  return body;
}

const notCoded: Coding = () => null;

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function decode(source: AsyncIterable<Uint8Array>, coding: Coding, { maxBytes, cut }: BodyBound): Promise<Body> {
  const wire = new Gathered(maxBytes);
  let decoding: Decoding | null = null;
  let undecided = true;
  try {
    for await (const chunk of source) {
      wire.add(chunk);
      // Three bytes tell the format, and they may come one by one.
      if (undecided && wire.size < 3) continue;
      if (undecided) {
        const head = wire.bytes();
        const decoder = coding(head);
        decoding = decoder === null ? null : new Decoding(decoder, maxBytes);
        undecided = false;
        await decoding?.write(head);
      } else {
        await decoding?.write(chunk);
      }
    }
    await decoding?.end();
  } catch (error) {
    if (cut === true && error instanceof BodyTooLargeError) return { bytes: (decoding?.decoded ?? wire).bytes(), damaged: true };
    if (decoding === null || !isDecodingError(error)) throw error;
    const bytes = await salvage(wire.bytes(), decoding.consumed, coding, maxBytes);
    if (bytes.length === 0) throw new UnreadableBodyError('the body is not compressed as its header says', { cause: error });
    return { bytes, damaged: true };
  } finally {
    decoding?.close();
  }
  return { bytes: (decoding?.decoded ?? wire).bytes(), damaged: false };
}

/**
 * Decodes again what failed: a decoder throws away the output of the step it fails in, so the last steps are made one byte long.
 * Keeps, for one, the end of a page that a server followed with stray bytes.
 */
async function salvage(wire: Uint8Array, consumed: number, coding: Coding, maxBytes: number): Promise<Uint8Array> {
  const decoder = coding(wire);
  if (decoder === null) return wire;
  const decoding = new Decoding(decoder, maxBytes);
  try {
    if (consumed > 0) await decoding.write(wire.subarray(0, consumed));
    for (let at = consumed; at < Math.min(wire.length, consumed + SALVAGE_BYTES); at += 1) await decoding.write(wire.subarray(at, at + 1));
  } catch (error) {
    if (!isDecodingError(error)) throw error;
  } finally {
    decoding.close();
  }
  return decoding.decoded.bytes();
}

/** zlib's codes begin with Z_, brotli's with ERR__ERROR or ERR_BROTLI. */
const isDecodingError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(?:Z_|ERR__|ERR_BROTLI|ERR_ZLIB)/.test(error.code);

/** A decoder fed chunk by chunk; destroyed as soon as it gives more than the bound. */
class Decoding {
  readonly decoded: Gathered;
  readonly #decoder: Decoder;
  #failure: Error | null = null;

  constructor(decoder: Decoder, maxBytes: number) {
    this.#decoder = decoder;
    this.decoded = new Gathered(maxBytes);
    decoder.on('error', (error) => { this.#failure ??= error; });
    decoder.on('data', (chunk: Uint8Array) => {
      try {
        this.decoded.add(chunk);
      } catch (error) {
        decoder.destroy(error instanceof Error ? error : undefined);
      }
    });
  }

  /** Bytes of input that were dealt with before a failure. */
  get consumed(): number {
    return this.#decoder.bytesWritten;
  }

  async write(chunk: Uint8Array): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    await new Promise<void>((resolve, reject) => {
      this.#decoder.once('error', reject);
      this.#decoder.write(chunk, (error) => {
        this.#decoder.off('error', reject);
        if (error instanceof Error) reject(error);
        else resolve();
      });
    });
  }

  async end(): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    this.#decoder.end();
    await finished(this.#decoder);
  }

  close(): void {
    this.#decoder.destroy();
  }
}

/** Chunks up to a bound. */
class Gathered {
  size = 0;
  readonly #chunks: Uint8Array[] = [];
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(chunk: Uint8Array): void {
    const room = this.#maxBytes - this.size;
    this.#chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
    this.size += Math.min(room, chunk.length);
    if (chunk.length > room) throw new BodyTooLargeError(this.#maxBytes);
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#chunks, this.size);
  }
}
