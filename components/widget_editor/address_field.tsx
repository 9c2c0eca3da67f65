import { useState } from "preact/hooks";
import { isComposing } from "@/lib/base/keys.ts";
import { fill, plural } from "@/lib/i18n/fill.ts";
import type { FoundAgent } from "@/lib/protocol/admin/messages.ts";
import { Avatar } from "@/lib/ui/avatar.tsx";
import { Button } from "@/lib/ui/button.tsx";
import { Field } from "@/lib/ui/field.tsx";
import { Badge } from "@/lib/ui/notices.tsx";
import { useOwnId } from "@/lib/ui/own_id.tsx";
import { Spinner } from "@/lib/ui/spinner.tsx";
import { type Language, useLanguage } from "../admin/language.tsx";
import type { AgentSearchModel, SearchState } from "./agent_search.ts";

export interface AddressFieldProps {
  /** The default is that of an agent's address. */
  label?: string;
  hint?: string;
  /** True if the field doesn't get the focus when it is drawn. */
  isLater?: boolean;
  /** Called by Enter, if no match is chosen. Without it, Enter sends the
   * form. */
  onEnter?: () => void;
  value: string;
  error: string | undefined;
  search: AgentSearchModel;
  onText: (text: string) => void;
  onFound: (found: FoundAgent) => void;
}

/**
 * The agent's address, with matching agents below it while the user types: a
 * combobox with a listbox (WAI-ARIA APG). The typed text is used unchanged.
 */
export function AddressField(props: AddressFieldProps) {
  const { texts: { agents: texts } } = useLanguage();
  const combo = useCombo(props);
  const { listId, isOpen, active } = combo;
  return (
    <div
      class="combo"
      onFocusOut={(event) => leaves(event) && combo.close()}
    >
      <Field
        label={props.label ?? texts.address}
        hint={props.hint ?? texts.addressHint}
        error={props.error}
      >
        {(control) => (
          <input
            {...control}
            class="input"
            type="text"
            role="combobox"
            dir="auto"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            autoFocus={!props.isLater}
            aria-expanded={isOpen ? "true" : "false"}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={active < 0
              ? undefined
              : `${listId}-${active}`}
            value={props.value}
            onInput={(event) => combo.write(event.currentTarget.value)}
            onKeyDown={combo.onKeyDown}
          />
        )}
      </Field>
      <FoundPanel combo={combo} search={props.search} />
    </div>
  );
}

type Combo = ReturnType<typeof useCombo>;

function useCombo(
  { value, search, onText, onFound, onEnter }: AddressFieldProps,
) {
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const listId = useOwnId();
  const state = search.state.value;
  const found = "agents" in state ? state.agents : [];
  function write(text: string): void {
    onText(text);
    search.type(text);
    setOpen(true);
    setActive(-1);
  }
  function close(): void {
    search.stop();
    setOpen(false);
    setActive(-1);
  }
  function enter(): void {
    close();
    onEnter?.();
  }
  function choose(agent: FoundAgent | undefined): void {
    if (agent === undefined) return;
    onFound(agent);
    close();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    const key = comboKey(event, { isOpen, active, count: found.length });
    const isEntered = event.key === "Enter" && key === undefined && onEnter;
    if (key === undefined && !isEntered) return;
    event.preventDefault();
    if (key === undefined) return enter();
    if (key === "open") write(value);
    else if (key === "close") close();
    else if (key === "choose") choose(found[active]);
    else setActive(key);
  }
  return { listId, isOpen, active, found, write, close, choose, onKeyDown };
}

function FoundPanel(
  { combo, search }: { combo: Combo; search: AgentSearchModel },
) {
  const language = useLanguage();
  const { texts: { agents: texts } } = language;
  const state = search.state.value;
  const { listId, found, active } = combo;
  return (
    <div class="combo-panel" hidden={!combo.isOpen}>
      <ul
        class="combo-list"
        role="listbox"
        id={listId}
        aria-label={texts.address}
      >
        {found.map((agent, place) => (
          <FoundOption
            key={`${agent.source} ${agent.address}`}
            id={`${listId}-${place}`}
            agent={agent}
            isActive={place === active}
            onChoose={() => combo.choose(agent)}
          />
        ))}
      </ul>
      <div class="combo-status">
        {state.state === "searching" && <Spinner />}
        <p role="status">{statusText(state, language)}</p>
        {state.state === "found" && state.next !== undefined && (
          <Button
            size="small"
            kind="quiet"
            onClick={() => search.more()}
          >
            {texts.more}
          </Button>
        )}
      </div>
    </div>
  );
}

function FoundOption({ id, agent, isActive, onChoose }: {
  id: string;
  agent: FoundAgent;
  isActive: boolean;
  onChoose: () => void;
}) {
  const { texts: { agents: texts } } = useLanguage();
  return (
    <li
      id={id}
      role="option"
      class="combo-option"
      aria-selected={isActive ? "true" : "false"}
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: "nearest" });
      }}
      // The input keeps the focus; otherwise a press would close the list
      // first.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <Avatar size="small" name={agent.name || agent.address} />
      <span class="combo-name">
        <span>{agent.name || agent.address}</span>
        <span class="soft">{agent.address}</span>
      </span>
      {agent.untested && <Badge>{texts.untested}</Badge>}
      <Badge>{agent.source === "desk" ? texts.fromDesk : texts.fromPbx}</Badge>
    </li>
  );
}

/** Maps a key to its effect on the list: a number is the new position. */
function comboKey(
  { key }: KeyboardEvent,
  { isOpen, active, count }: { isOpen: boolean; active: number; count: number },
): "open" | "close" | "choose" | number | undefined {
  if (!isOpen) return key === "ArrowDown" ? "open" : undefined;
  switch (key) {
    case "Escape":
      return "close";
    case "Enter":
      return active < 0 ? undefined : "choose";
    case "ArrowDown":
      return Math.min(active + 1, count - 1);
    case "ArrowUp":
      return Math.max(-1, active - 1);
    default:
      return undefined;
  }
}

function statusText(state: SearchState, { texts, lang }: Language): string {
  const { agents } = texts;
  switch (state.state) {
    case "idle":
      return "";
    case "searching":
      return agents.searching;
    case "failed":
      return agents.searchFailed;
    case "found":
      return [countText(state, { texts, lang }), noticeText(state, texts)]
        .filter(Boolean).join("\n");
  }
}

type Found = SearchState & { state: "found" };

function countText({ agents: found, next }: Found, language: Language): string {
  const { texts: { agents }, lang } = language;
  if (found.length === 0) return agents.nothing;
  return next === undefined
    ? plural(agents.found, found.length, lang)
    : fill(agents.foundMore, { count: found.length });
}

function noticeText({ notice }: Found, { agents }: Language["texts"]): string {
  if (notice === undefined) return "";
  return notice === "pbx-offline" ? agents.pbxOffline : agents.pbxNoSearch;
}

/** True if the focus leaves the listening element. */
function leaves(event: FocusEvent): boolean {
  const { currentTarget, relatedTarget } = event;
  return !(currentTarget instanceof Node && relatedTarget instanceof Node &&
    currentTarget.contains(relatedTarget));
}
