import type { ContactMedia } from "./media.ts";

/** What is kept of one finished call or chat. No text, no SDP. Times in ms. */
export interface ContactRecord {
  id: string;
  widget: string;
  address: string;
  media: ContactMedia;
  startedAt: number;
  /** When the agent answered or joined; absent if that never happened. */
  answeredAt?: number;
  endedAt: number;
  /** Why it ended: a Q.850 number, 16 is normal. */
  cause: number;
  /** Entries of a chat, both sides together. */
  messages: number;
}
