import { createContext, type FunctionComponent } from "preact";
import { useContext, useId, useMemo } from "preact/hooks";

/** Returns the next id of the island around it. */
const NextId = createContext<(() => string) | undefined>(undefined);

/**
 * Gives an island ids that nothing else on the page has, and that are the same
 * on server and browser. `prefix` is the island's own; a page has the island
 * only once.
 */
export function withOwnIds<Props extends object>(
  prefix: string,
  Island: FunctionComponent<Props>,
): FunctionComponent<Props> {
  return function WithOwnIds(props) {
    const next = useMemo(() => {
      let count = 0;
      return () => `${prefix}-${++count}`;
    }, []);
    return (
      <NextId.Provider value={next}>
        <Island {...props} />
      </NextId.Provider>
    );
  };
}

/**
 * Returns an id for this component. `useId()` numbers each island from the
 * start, so its ids would be those of the page or of another island.
 */
export function useOwnId(): string {
  const next = useContext(NextId);
  const ofPage = useId();
  return useMemo(() => next?.() ?? ofPage, []);
}
