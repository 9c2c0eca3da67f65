import { type Signal, useSignal } from "@preact/signals";
import { Forward, Users } from "lucide-preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { systemClock } from "@/lib/base/clock.ts";
import { isComposing } from "@/lib/base/keys.ts";
import { fill } from "@/lib/i18n/fill.ts";
import {
  askColleagues,
  type Colleague,
  type HandoverTeam,
} from "@/lib/protocol/admin/colleagues.ts";
import { DESK_LIMITS } from "@/lib/protocol/desk/limits.ts";
import { Button } from "@/lib/ui/button.tsx";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import { useOwnId } from "@/lib/ui/own_id.tsx";
import { PresenceDot } from "@/lib/ui/presence_dot.tsx";
import { isTooLong } from "@/lib/ui/limit.tsx";
import { TextArea, TextInput } from "@/lib/ui/text_input.tsx";
import { ColleagueSearch } from "../colleague_search.ts";
import type { ChatItem } from "../desk_state.ts";
import { handoverOf } from "../handover_step.ts";
import { nameOf } from "../names.ts";
import { useDesk } from "./desk_ui.ts";

/** The button that hands a running chat over, unless it is offered already. */
export function HandOverButton(
  { item, isOpen, onPress }: {
    item: ChatItem;
    isOpen: boolean;
    onPress: () => void;
  },
) {
  const { desk, texts } = useDesk();
  const isOffered = handoverOf(item)?.state === "offered";
  const isRunning = item.view.state === "joined" && item.pending === "none";
  if (!isRunning || isOffered || desk.isSignedOut.value) return null;
  return (
    <Button
      size="small"
      class="desk-head-button"
      icon={<Forward size={14} aria-hidden="true" class="turns" />}
      aria-label={texts.handover.button}
      title={texts.handover.button}
      aria-expanded={isOpen}
      onClick={onPress}
    >
      <span class="desk-head-label">{texts.handover.button}</span>
    </Button>
  );
}

/** The form in which the agent chooses a colleague or a team. It is part of the page, as
 * questions are. */
export function HandOverForm(
  { item, onClose }: { item: ChatItem; onClose: () => void },
) {
  const { desk, texts } = useDesk();
  const t = texts.handover;
  const id = useOwnId();
  const chosen = useSignal<Choice | null>(null);
  const note = useSignal("");
  const colleague = chosen.value;
  const isReady = colleague !== null && !desk.isSignedOut.value &&
    !isTooLong(note.value, DESK_LIMITS.noteLength);
  function submit(): void {
    if (!isReady) return;
    const { address: to, name, isTeam } = colleague;
    const choice = { to, name, ...isTeam && { isTeam } };
    desk.handOver(item.view.id, { ...choice, note: note.value.trim() });
    onClose();
  }
  const ref = useFocusInside();
  if (item.view.state !== "joined") return null;
  return (
    <form
      ref={ref}
      class="desk-question"
      aria-labelledby={id}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (!isComposing(event) && event.key === "Escape") onClose();
      }}
    >
      <h2 id={id} {...NOT_TRANSLATED}>
        {fill(t.title, { name: nameOf(item, texts) })}
      </h2>
      <ColleagueField
        widget={item.view.visitor.widget.uuid}
        chosen={colleague}
        onChoose={(one) => chosen.value = one}
      />
      <NoteField note={note} />
      <div class="desk-question-actions">
        <Button onClick={onClose}>{t.cancel}</Button>
        <Button kind="primary" type="submit" disabled={!isReady}>
          {t.send}
        </Button>
      </div>
    </form>
  );
}

function NoteField({ note }: { note: Signal<string> }) {
  const { texts: { handover: t } } = useDesk();
  return (
    <TextArea
      label={t.note}
      optional={t.optional}
      hint={t.noteHint}
      rows={1}
      value={note.value}
      limit={DESK_LIMITS.noteLength}
      countedFrom={0}
      onText={(text) => note.value = text}
    />
  );
}

interface Choice {
  address: string;
  name: string;
  isTeam?: true;
}

interface ChoiceProps {
  chosen: Choice | null;
  onChoose: (choice: Choice) => void;
}

/** The search, and the teams and colleagues that it finds. */
function ColleagueField(
  { widget, ...props }: ChoiceProps & { widget: string },
) {
  const { texts: { handover: t } } = useDesk();
  const search = useMemo(
    () =>
      new ColleagueSearch(
        (text, signal) => askColleagues(text, signal, widget),
        systemClock,
      ),
    [widget],
  );
  useEffect(() => () => search[Symbol.dispose](), [search]);
  return (
    <>
      <TextInput
        type="search"
        label={t.search}
        hint={t.searchHint}
        value={search.text.value}
        onText={(text) => search.search(text)}
      />
      <Found search={search} {...props} />
    </>
  );
}

/** The teams and colleagues. Those who cannot get a chat now are shown, but cannot be
 * chosen. */
function Found(
  { search, chosen, onChoose }: ChoiceProps & { search: ColleagueSearch },
) {
  const { texts } = useDesk();
  const t = texts.handover;
  const found = search.found.value;
  if (found.state !== "found") {
    return (
      <p class="desk-none" role="status">
        {found.state === "loading" ? t.loading : t.failed}
      </p>
    );
  }
  if (found.agents.length + found.teams.length === 0) {
    return (
      <p class="desk-none" role="status">
        {search.text.value.trim() === "" ? t.nobody : t.noMatch}
      </p>
    );
  }
  return (
    <fieldset class="desk-colleagues">
      <legend class="hidden-label">{t.list}</legend>
      {found.teams.map((one) => (
        <TeamRow
          key={one.address}
          team={one}
          isChosen={chosen?.address === one.address}
          onChoose={() => onChoose({ ...one, isTeam: true })}
        />
      ))}
      {found.agents.map((one) => (
        <ColleagueRow
          key={one.address}
          colleague={one}
          isChosen={chosen?.address === one.address}
          onChoose={() => onChoose(one)}
        />
      ))}
      {found.hasMore && <p class="desk-none">{t.more}</p>}
    </fieldset>
  );
}

/** A team, with the number of its members who would be rung. */
function TeamRow(
  { team, ...choice }: RowState & { team: HandoverTeam },
) {
  const { texts: { handover: t } } = useDesk();
  const { available } = team;
  return (
    <Row
      {...{ ...choice, ...team }}
      canTake={available > 0}
      icon={<Users size={12} aria-hidden="true" />}
      note={available === 0
        ? t.teamEmpty
        : fill(t.team, { count: String(available) })}
    />
  );
}

function ColleagueRow(
  { colleague, ...choice }: RowState & { colleague: Colleague },
) {
  const { texts } = useDesk();
  const { address, name, presence } = colleague;
  return (
    <Row
      {...{ ...choice, ...colleague }}
      canTake={presence === "online" || presence === "away"}
      icon={<PresenceDot presence={presence} />}
      detail={name === address ? "" : address}
      note={texts.presence[presence]}
    />
  );
}

interface RowState {
  isChosen: boolean;
  onChoose: () => void;
}

/** One choice of the list; `detail` is shown below its name. */
function Row(
  { address, name, detail, canTake, icon, note, isChosen, onChoose }:
    & RowState
    & {
      address: string;
      name: string;
      detail?: string;
      canTake: boolean;
      icon: ComponentChildren;
      note: string;
    },
) {
  return (
    <label class="desk-colleague">
      <input
        type="radio"
        name="desk-colleague"
        value={address}
        checked={isChosen}
        disabled={!canTake}
        onChange={onChoose}
      />
      {icon}
      <span class="desk-colleague-name">
        <bdi {...NOT_TRANSLATED}>{name}</bdi>
        {detail && <bdi class="desk-soft" {...NOT_TRANSLATED}>{detail}</bdi>}
      </span>
      <span class="desk-soft">{note}</span>
    </label>
  );
}

/** The focus begins in the first field, and returns to its old place. */
function useFocusInside() {
  const ref = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const own = ref.current;
    own?.querySelector("input")?.focus();
    return () => {
      const hasFocus = own?.contains(document.activeElement);
      if (hasFocus && before instanceof HTMLElement) before.focus();
    };
  }, []);
  return ref;
}
