// What the section knows: the settings, the open candles, the run that is on its way, and its result.

import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Cancelled, Engine, Refused } from "./engine";
import { BLANK, type Form, OF_MACHINE } from "./form";
import type { Judgement, Judging, Opened, Progress, Replay, Series, Setup } from "./protocol";
import { meant, read, type Readings } from "./read";

export interface Result {
  judgement: Judgement;
  setup: Setup;
  judging: Judging;
  /** Still on its way: more points come. */
  isPartial: boolean;
}

export interface Running {
  phase: "windows" | "random";
  share: number;
  /** Unknown before anything is done. */
  secsLeft: number | undefined;
}

export interface Simulator {
  form: Form;
  readings: Readings;
  /** What is wrong with fields, by the page and by the package. */
  errors: ReadonlyMap<keyof Form, string>;
  /** What no field is to blame for. */
  trouble: string | undefined;
  processors: number;
  series: Series[] | undefined;
  /** Is being read. */
  reading: string | undefined;
  failed: Opened["failed"];
  isExample: boolean;
  running: Running | undefined;
  result: Result | undefined;
  /** Seconds that all windows of the last run took. */
  took: number | undefined;
  /** The settings or candles are no longer those of the result. */
  isStale: boolean;
  change: (changes: Partial<Form>) => void;
  openForm: (form: Form) => void;
  openExample: () => void;
  openFiles: (files: readonly File[]) => void;
  fetchFrom: (url: string, pages: number) => void;
  run: () => void;
  cancel: () => void;
  replay: (event: { startSecs: number; endSecs: number }) => Promise<Replay>;
}

const processors = Math.max(1, Math.min(navigator.hardwareConcurrency || 4, 64));

/** What makes the losses; the random runs beside them change nothing about them. */
const essence = ({ workers: _, random: __, ...rest }: Setup) => JSON.stringify(rest);

export function useSimulator(): Simulator {
  const engine = useMemo(() => new Engine(), []);
  const [form, setForm] = useState(BLANK);
  const [opened, setOpened] = useState<{ series: Series[]; isExample: boolean }>();
  const [reading, setReading] = useState<string>();
  const [failed, setFailed] = useState<Opened["failed"]>([]);
  const [running, setRunning] = useState<Running>();
  const [result, setResult] = useState<Result>();
  const [refused, setRefused] = useState<{ name?: keyof Form; says: string }>();
  const [took, setTook] = useState<number>();
  const controller = useRef<AbortController>(undefined);
  /** The example is simulated at once: the first view has an answer. */
  const [isDue, setDue] = useState(false);
  const readings = useMemo(() => read(form, processors), [form]);
  const { setup, judging } = readings;

  useEffect(() => () => engine.stop(), [engine]);

  const refuse = useCallback((thrown: unknown, of: Form) => {
    if (thrown instanceof Cancelled) return;
    if (!(thrown instanceof Error)) throw thrown;
    const says = thrown instanceof Refused ? meant({ message: thrown.message, ...(thrown.field === undefined ? {} : { field: thrown.field }), ...(thrown.index === undefined ? {} : { index: thrown.index }) }, of) : undefined;
    setRefused(says ?? { says: thrown.message });
  }, []);

  // As typed: what the package would refuse is marked before a run.
  useEffect(() => {
    setRefused(undefined);
    if (setup === undefined || judging === undefined) return;
    let isOld = false;
    engine.ask("check", { setup, judging }).catch((thrown: unknown) => { if (!isOld) refuse(thrown, form); });
    return () => { isOld = true; };
  }, [setup, judging]);

  // A figure of the same losses needs no run.
  useEffect(() => {
    if (judging === undefined || result === undefined || result.isPartial || JSON.stringify(judging) === JSON.stringify(result.judging)) return;
    let isOld = false;
    engine.ask("judge", judging).then(
      (judgement) => { if (!isOld) setResult((old) => old && { ...old, judgement, judging }); },
      (thrown: unknown) => { if (!isOld) refuse(thrown, form); },
    );
    return () => { isOld = true; };
  }, [judging, result]);

  const cancel = useCallback(() => controller.current?.abort(), []);

  const take = useCallback(async (what: string, isExample: boolean, asking: () => Promise<Opened>) => {
    cancel();
    setReading(what);
    setFailed([]);
    try {
      const { series, failed: bad } = await asking();
      setFailed(bad);
      if (series.length === 0) return;
      setOpened({ series, isExample });
      setResult(undefined);
      setRefused(undefined);
      if (isExample) setDue(true);
    } catch (thrown) {
      setFailed([{ name: what, says: thrown instanceof Error ? thrown.message : String(thrown) }]);
    } finally {
      setReading(undefined);
    }
  }, []);

  const openExample = useCallback(() => void take("the example", true, () => engine.ask("example", undefined)), []);
  const openFiles = useCallback((files: readonly File[]) => {
    if (files.length > 0) void take(files.map(({ name }) => name).join(", "), false, () => engine.ask("open", files));
  }, []);
  const fetchFrom = useCallback((url: string, pages: number) => void take(url, false, () => engine.ask("fetch", { url, pages })), []);

  const run = useCallback(async () => {
    if (setup === undefined || judging === undefined || opened === undefined) return;
    cancel();
    const own = new AbortController();
    controller.current = own;
    const isOn = () => controller.current === own;
    const follow = (phase: Running["phase"]) => ({ share, secsLeft, judgement }: Progress) => {
      if (!isOn()) return;
      setRunning({ phase, share, secsLeft });
      if (judgement !== undefined) setResult({ judgement, setup, judging, isPartial: true });
    };
    setRunning({ phase: "windows", share: 0, secsLeft: undefined });
    setRefused(undefined);
    const began = performance.now();
    try {
      const judgement = await engine.ask("run", { setup, judging }, { signal: own.signal, onProgress: follow("windows") });
      setResult({ judgement, setup, judging, isPartial: false });
      setTook((performance.now() - began) / 1000);
      if (setup.random.windows > 0 && setup.random.seeds > 0) {
        setRunning({ phase: "random", share: 0, secsLeft: undefined });
        const beside = await engine.ask("random", { setup, judging }, { signal: own.signal, onProgress: follow("random") });
        setResult({ judgement: beside, setup, judging, isPartial: false });
      }
    } catch (thrown) {
      if (isOn()) refuse(thrown, form);
    } finally {
      if (isOn()) setRunning(undefined);
    }
  }, [setup, judging, opened]);

  useEffect(() => {
    if (!isDue || setup === undefined || opened === undefined) return;
    setDue(false);
    void run();
  }, [isDue, run]);

  const change = useCallback((changes: Partial<Form>) => setForm((old) => ({ ...old, ...changes })), []);
  const openForm = useCallback((next: Form) => {
    setForm((old) => ({ ...next, [OF_MACHINE]: old[OF_MACHINE] }));
    // The candles of the user are simulated when the user says so.
    if (opened?.isExample === true) setDue(true);
  }, [opened]);
  const replay = useCallback((event: { startSecs: number; endSecs: number }) => engine.ask("replay", event), []);

  const errors = useMemo(() => {
    const all = new Map(readings.errors);
    if (refused?.name !== undefined && !all.has(refused.name)) all.set(refused.name, refused.says);
    return all;
  }, [readings, refused]);

  return {
    form, readings, errors, processors, reading, failed, running, result, took,
    trouble: refused !== undefined && refused.name === undefined ? refused.says : undefined,
    series: opened?.series, isExample: opened?.isExample ?? false,
    isStale: result !== undefined && running === undefined && (setup === undefined || essence(setup) !== essence(result.setup)),
    change, openForm, openExample, openFiles, fetchFrom, run: () => void run(), cancel, replay,
  };
}
