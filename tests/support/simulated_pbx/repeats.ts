import { Buffer } from "node:buffer";

const HANDSHAKE = 22;
const RECORD_HEADER = 13;
/** Of a handshake message: type, length, sequence, fragment's place and length. */
const MESSAGE_HEADER = 12;

/**
 * Takes handshake records that came before out of DTLS datagrams, one filter
 * for each transport. A peer that waits too long repeats its flight
 * (RFC 6347, 4.2.4); werift 0.25 then exchanges keys a second time, connects
 * with those of the first time and decrypts media with those of the second:
 * on a busy host nothing could be decrypted. Anything but an unencrypted
 * handshake (RFC 6347, 4.1) is passed on unchanged.
 */
export function withoutRepeats(): (datagram: Buffer) => Buffer {
  const seen = new Set<string>();
  return (datagram) => {
    if (datagram[0] !== HANDSHAKE) return datagram;
    const records = recordsOf(datagram);
    const news = records.filter((record) => {
      const name = nameOf(record);
      if (name === undefined || !seen.has(name)) {
        if (name !== undefined) seen.add(name);
        return true;
      }
      return false;
    });
    return news.length === records.length ? datagram : Buffer.concat(news);
  };
}

function recordsOf(datagram: Buffer): Buffer[] {
  const records: Buffer[] = [];
  let at = 0;
  while (at < datagram.length) {
    const rest = datagram.subarray(at);
    const length = rest.length < RECORD_HEADER
      ? rest.length
      : RECORD_HEADER + rest.readUInt16BE(RECORD_HEADER - 2);
    records.push(rest.subarray(0, length));
    at += length;
  }
  return records;
}

/** Sequence, place and length of a fragment; encrypted records have no name. */
function nameOf(record: Buffer): string | undefined {
  const isEncrypted = record.length < RECORD_HEADER + MESSAGE_HEADER ||
    record.readUInt16BE(3) !== 0;
  if (record[0] !== HANDSHAKE || isEncrypted) return undefined;
  return record.toString(
    "hex",
    RECORD_HEADER + 4,
    RECORD_HEADER + MESSAGE_HEADER,
  );
}
