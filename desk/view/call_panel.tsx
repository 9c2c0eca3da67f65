import {
  Mic,
  MicOff,
  Pause,
  PhoneOff,
  Play,
  Video,
  VideoOff,
} from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { fill } from "@/lib/i18n/fill.ts";
import { Avatar } from "@/lib/ui/avatar.tsx";
import { Button } from "@/lib/ui/button.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import type { CallMedia } from "../call_media.ts";
import type { CallItem } from "../desk_state.ts";
import type { MediaState } from "../media_state.ts";
import { nameOf, ringTitle } from "../names.ts";
import { endReason, endText } from "../outcome.ts";
import { duration } from "../times.ts";
import { useDesk } from "./desk_ui.ts";
import { HandoverState, OfferedBy } from "./handover_state.tsx";

/** A call, from picking up to its summary afterwards. */
export function CallPanel({ item }: { item: CallItem }) {
  const { desk, texts } = useDesk();
  const media = desk.media.value;
  const trouble = desk.trouble.value;
  const isOurs = media?.state.value.call === item.view.id;
  if (isOurs && media !== null && item.view.state !== "ended") {
    return <Running item={item} media={media} />;
  }
  const isTroubled = trouble?.call === item.view.id;
  return (
    <div class="desk-call-over">
      {isTroubled && (
        <Banner kind="danger" live>{texts.trouble[trouble.why]}</Banner>
      )}
      <div class="desk-call-note">
        <Avatar name={nameOf(item, texts)} size="large" />
        <p>{noteOn(item, texts, isTroubled)}</p>
      </div>
    </div>
  );
}

/** Returns the note on a call that this page does not carry. */
function noteOn(
  item: CallItem,
  texts: ReturnType<typeof useDesk>["texts"],
  isTroubled: boolean,
): string {
  switch (item.view.state) {
    case "ringing":
      return ringTitle(item, texts);
    case "taken":
      return texts.call.elsewhere;
    case "ended":
      return !isTroubled && endReason(item, texts) || endText(item, texts);
  }
}

function Running({ item, media }: { item: CallItem; media: CallMedia }) {
  const { texts, now } = useDesk();
  const state = media.state.value;
  const name = nameOf(item, texts);
  const { view } = item;
  return (
    <section
      class="desk-call"
      aria-label={fill(texts.call.label, { name })}
      data-phase={state.phase}
    >
      <OfferedBy item={item} />
      {state.trouble && (
        <Banner kind="warning" live>{texts.trouble[state.trouble]}</Banner>
      )}
      {state.notices.map((notice) => (
        <Banner key={notice} kind="warning" live>{texts.notice[notice]}</Banner>
      ))}
      <div class="desk-stage" data-video={state.remoteVideo}>
        <Picture
          class="desk-remote"
          label={fill(texts.call.remote, { name })}
          stream={state.remote}
        />
        {!state.remoteVideo && (
          <div class="desk-voice">
            <Avatar name={name} size="large" />
            <p class="desk-voice-name" dir="auto" {...NOT_TRANSLATED}>{name}</p>
          </div>
        )}
        {state.camera === "on" && (
          <Picture
            class="desk-own"
            label={texts.call.own}
            stream={state.local}
          />
        )}
        <p class="desk-phase">
          {/* The clock is outside, otherwise screen readers would read it each second. */}
          <span role="status">{phaseText(state, texts)}</span>
          {view.state === "taken" && (
            <time class="desk-timer">{duration(now.value - view.takenAt)}</time>
          )}
        </p>
        <Muted is={state.muted} />
        {item.digits && (
          <p class="desk-keys">
            {texts.call.keys}: <bdi>{item.digits}</bdi>
          </p>
        )}
      </div>
      <HandoverState item={item} />
      <Controls item={item} media={media} state={state} />
      {item.pending === "hang-up" && (
        <p class="desk-foot">{texts.call.ending}</p>
      )}
    </section>
  );
}

/** Shows in the video that the visitor can't hear the agent. */
function Muted({ is }: { is: boolean }) {
  const { texts } = useDesk();
  return (
    <p class="desk-muted" role="status">
      {is && (
        <>
          <MicOff size={14} aria-hidden="true" /> {texts.call.muted}
        </>
      )}
    </p>
  );
}

function Controls(
  { item, media, state }: {
    item: CallItem;
    media: CallMedia;
    state: MediaState;
  },
) {
  const { desk, texts } = useDesk();
  const call = item.view.id;
  const t = texts.call;
  return (
    <div class="desk-controls">
      <Toggle
        label={state.muted ? t.unmute : t.mute}
        says="action"
        on={state.muted}
        icons={[<Mic key="off" size={20} />, <MicOff key="on" size={20} />]}
        onToggle={(on) => media.setMuted(on)}
      />
      {state.canSendVideo && (
        <Toggle
          label={t.camera}
          on={state.camera !== "off"}
          busy={state.camera === "starting"}
          icons={[
            <VideoOff key="off" size={20} />,
            <Video key="on" size={20} />,
          ]}
          onToggle={(on) => media.setCamera(on)}
        />
      )}
      <Toggle
        label={state.held ? t.resume : t.hold}
        says="action"
        on={state.held}
        icons={[<Pause key="off" size={20} />, <Play key="on" size={20} />]}
        onToggle={(on) => desk.setHeld(call, on)}
      />
      <Button
        kind="danger"
        class="desk-hang-up"
        icon={<PhoneOff size={20} aria-hidden="true" />}
        onClick={() => desk.dispatch({ type: "hang-up", call, trouble: false })}
      >
        {t.hangUp}
      </Button>
    </div>
  );
}

function Toggle(
  { label, says = "thing", on, busy, icons: [off, onIcon], onToggle }: {
    label: string;
    /** True if the label names the action of a click, and changes with it. */
    says?: "thing" | "action";
    on: boolean;
    busy?: boolean;
    icons: [ComponentChildren, ComponentChildren];
    onToggle: (on: boolean) => void;
  },
) {
  return (
    <button
      type="button"
      class={`desk-toggle ${on && says === "action" ? "desk-in-force" : ""}`}
      aria-pressed={says === "thing" ? on : undefined}
      disabled={busy}
      onClick={() => onToggle(!on)}
    >
      <span aria-hidden="true">{on ? onIcon : off}</span>
      <span>{label}</span>
    </button>
  );
}

/** The video of a stream. CallSound plays its audio, even while the agent looks
 * at another conversation. */
function Picture(
  props: { class: string; label: string; stream: MediaStream | null },
) {
  const ref = useRef<HTMLVideoElement>(null);
  useLayoutEffect(() => {
    const video = ref.current;
    if (video === null) return;
    video.muted = true; // The attribute alone works for new elements only.
    if (video.srcObject !== props.stream) video.srcObject = props.stream;
  });
  return (
    <video
      ref={ref}
      class={props.class}
      aria-label={props.label}
      autoPlay
      playsInline
      muted
    />
  );
}

function phaseText(
  { phase, held }: MediaState,
  { call }: ReturnType<typeof useDesk>["texts"],
): string {
  if (held) return call.held;
  return phase === "over" ? call.ending : call[phase];
}
