import type { CallEvent } from "@/lib/contact/ports.ts";
import { DeskRoom, turn } from "./desk_room.ts";
import { FakeMedia } from "./fake_media.ts";
import { LossyDesk } from "./lossy_desk.ts";
import { sampleOffer } from "./sdp.ts";

type Deps = Partial<ReturnType<FakeMedia["deps"]>>;

/** A desk that is rung by one call. */
export class Rung implements AsyncDisposable {
  readonly room: DeskRoom;
  readonly media = new FakeMedia();
  readonly page: LossyDesk;
  id = "";
  leg!: Awaited<ReturnType<DeskRoom["dial"]>>["leg"];
  heard: CallEvent[] = [];

  private constructor(room: DeskRoom, deps: Deps) {
    this.room = room;
    this.page = new LossyDesk(room, {
      media: { ...this.media.deps(), ...deps },
    });
  }

  static async open(
    media: "voice" | "video" = "video",
    deps: Deps = {},
  ): Promise<Rung> {
    const rung = new Rung(await DeskRoom.open(), deps);
    rung.page.desk.start();
    await rung.page.deliver();
    const sdp = sampleOffer(media);
    const { id, leg, heard } = await rung.room.dial({ sdp });
    Object.assign(rung, { id, leg, heard });
    await rung.settle();
    return rung;
  }

  get desk() {
    return this.page.desk;
  }

  /** Everything that is on its way arrives. */
  async settle(): Promise<void> {
    for (let n = 0; n < 6; n++) {
      await this.page.deliver();
      for (let m = 0; m < 6; m++) await turn();
    }
  }

  async take(video: boolean): Promise<void> {
    this.desk.dispatch({ type: "take", call: this.id, video });
    await this.settle();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.desk.stop();
    await this.room[Symbol.asyncDispose]();
  }
}

/** The description in what the visitor's side received, if any. */
export const sdpOf = (event: CallEvent | undefined) =>
  event?.type === "connected"
    ? event.sdp
    : event?.type === "channels" && "sdp" in event.channels
    ? event.channels.sdp
    : undefined;
