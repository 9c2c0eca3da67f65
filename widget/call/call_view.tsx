import { Head } from "../contact/head.tsx";
import { Avatar } from "../view/avatar.tsx";
import { Icon } from "../view/icons.tsx";
import { type Model, nameOf } from "../view/model.ts";
import type { CallProps } from "./call_props.ts";
import type { CallRun } from "./call_run.ts";
import { Controls } from "./controls.tsx";
import { clockOf } from "./duration.ts";
import { Keypad } from "./keypad.tsx";
import { spokenState } from "./spoken.ts";

/** A call, from the click to its end. */
export function CallView({ run, model }: CallProps) {
  const { call } = run;
  return (
    <>
      <Head
        model={model}
        agent={call.agent}
        state={qualityText(run, model)}
        leave={run.running || model.session.type === "cardset"
          ? undefined
          : run.owner.leave}
      />
      <Stage run={run} model={model} />
      <Alerts run={run} model={model} />
      {run.running && run.sheet.shown === "keypad" && (
        <Keypad run={run} model={model} />
      )}
      {run.sheet.shown === "devices" && (
        <div
          class="sheet"
          role="group"
          aria-label={model.text("devices")}
          ref={(place) => void run.sheet.devices(place, model.text)}
        />
      )}
      {/* Below the parts that appear and disappear, so that Hang up stays in its place. */}
      {run.running
        ? <Controls run={run} model={model} />
        : <Ended run={run} model={model} />}
    </>
  );
}

function qualityText({ call, ticker }: CallRun, { text }: Model): string {
  const flows = call.state === "connected" && !call.broken && !call.held;
  return flows && ticker.quality ? text(ticker.quality) : "";
}

/** The call as one line above its chat. */
export function CallBar({ run, model }: CallProps) {
  const { state, clock } = inWords(run, model);
  return (
    <div class="callBar">
      <Icon name="voice" />
      <button type="button" class="plain" onClick={run.owner.show}>
        {state} {clock}
      </button>
      <button
        type="button"
        class="tool end"
        aria-label={model.text("hangUp")}
        onClick={() => run.hangUp()}
      >
        <Icon name="voice" />
      </button>
    </div>
  );
}

/** The agent's video with the visitor's own in its corner, or the agent's
 * name. */
function Stage({ run, model }: CallProps) {
  const { call, own } = run;
  const { state, clock } = inWords(run, model);
  const card = model.cards.find(({ id }) => id === call.agent.id);
  const seen = run.running &&
    run.remote?.getVideoTracks().some((track) =>
      !track.muted && track.readyState === "live"
    );
  return (
    <div class={`stage${seen || own.video ? " wide" : ""}`}>
      {seen
        ? (
          <video
            class="remote"
            autoplay
            muted
            playsInline
            aria-label={model.text("remotePicture", { name: call.agent.name })}
            ref={(video) => {
              run.picture = video ?? undefined;
            }}
            srcObject={run.remote ?? null}
          />
        )
        : card && <Avatar card={card} url={model.picture(card)} />}
      {own.video && (
        <video
          class={`own${own.sharing ? "" : " mirrored"}`}
          autoplay
          muted
          playsInline
          aria-label={model.text("ownPicture")}
          srcObject={own.stream}
        />
      )}
      <p class="callState">
        <span role="status">{state}</span>
        {clock && <span role="timer" aria-live="off">{clock}</span>}
      </p>
    </div>
  );
}

function Alerts({ run, model }: CallProps) {
  const { call } = run;
  const { text } = model;
  const name = call.agent.name;
  const notice = run.owner.notice();
  const waiting = noticeOf(run, model);
  const alerts = run.running
    ? [
      notice && text(notice, { name }),
      waiting?.text,
      run.noCamera && !run.own.video && text("noCamera"),
      ...run.own.notices.map((notice) => text(notice, { name })),
      call.held && text("held", { name }),
      run.sheet.shown === "keypad" && !run.phone?.dials && text("noKeys"),
      (call.broken || !run.owner.isOnline()) && text("reconnecting"),
    ].filter(Boolean)
    : [];
  return (
    <>
      <p class="alert" role="status">{alerts.join(" ")}</p>
      {waiting?.choices}
      {run.running && run.speaker.silent && (
        <button
          type="button"
          class="action"
          onClick={() => run.speaker.play()}
        >
          {text("playSound")}
        </button>
      )}
    </>
  );
}

/** In a queue: the estimated wait, and what the visitor can do instead. */
function noticeOf(run: CallRun, model: Model) {
  const { call: { agent, queue: place }, owner, plan } = run;
  if (!place) return undefined;
  const kind = plan.video ? "video" : "voice";
  const after = (go: () => void) => () => {
    run.hangUp();
    go();
  };
  return owner.queueNotice({
    place,
    kind,
    agent: agent.id,
    message: after(owner.message),
    contact: (card) => after(() => model.act.contact(kind, card))(),
  }, model);
}

function Ended({ run, model }: CallProps) {
  const card = model.cards.find(({ id }) => id === run.call.agent.id);
  const kind = run.plan.video ? "video" : "voice";
  // Another try cannot help in these cases.
  const { call } = run;
  const { text } = model;
  const isHopeless = ["noWebrtc", "insecurePage"].includes(call.reason);
  return (
    <div class="composer actions">
      {card && !isHopeless && (
        <button
          type="button"
          class="action"
          ref={(button) => button?.focus()}
          onClick={() => model.act.contact(kind, card)}
        >
          <Icon name={kind} />
          {model.text("callAgain")}
        </button>
      )}
      {card?.media.includes("chat") && (
        <button
          type="button"
          class="action"
          aria-label={model.text("chatName", { name: nameOf(card) })}
          onClick={run.owner.chat}
        >
          <Icon name="chat" />
          {model.text("chat")}
        </button>
      )}
      {text("leaveMessage") && call.reason !== "ended" && (
        <button type="button" class="action" onClick={run.owner.message}>
          {text("leaveMessage")}
        </button>
      )}
      {card && !isHopeless && (
        <button
          type="button"
          class="action"
          aria-expanded={run.sheet.shown === "devices"}
          onClick={() => run.sheet.toggle("devices")}
        >
          {model.text("devices")}
        </button>
      )}
    </div>
  );
}

/** Returns the state of a call, and its duration once it is connected. */
export function inWords({ call, lasts }: CallRun, { text }: Model) {
  const state = spokenState(call, text);
  return call.state === "connected"
    ? { state, clock: clockOf(lasts) }
    : { state };
}
