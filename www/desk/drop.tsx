// Where files are dropped or chosen.

import { useId, useState } from "preact/hooks";

interface Props {
  label: string;
  /** What the file holds. */
  hint: string;
  files: readonly File[];
  /** What is wrong, by the file's index. */
  errors: ReadonlyMap<number, string>;
  /** One file takes the place of the one before. */
  single?: boolean;
  onAdd: (files: readonly File[]) => void;
  onRemove: (index: number) => void;
}

const ACCEPTED = ".csv,.json,.txt,.gz,text/csv,application/json,application/gzip";

export function Drop({ label, hint, files, errors, single = false, onAdd, onRemove }: Props) {
  const id = useId();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = [...(event.dataTransfer?.files ?? [])];
    if (dropped.length > 0) onAdd(single ? dropped.slice(0, 1) : dropped);
  };
  const choose = (input: HTMLInputElement) => {
    const chosen = [...(input.files ?? [])];
    // The same file may be chosen again after it was changed.
    input.value = "";
    if (chosen.length > 0) onAdd(chosen);
  };
  return (
    <div
      class={`drop${over ? " over" : ""}`} onDrop={drop} onDragLeave={() => setOver(false)}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }}
    >
      <label for={id}>{label}</label>
      <p class="note" id={`${id}-hint`}>{hint}</p>
      {files.length > 0 && (
        <ul>
          {files.map((file, index) => (
            <li key={`${index} ${file.name}`}>
              <span class="file-name">{file.name}</span>
              <button type="button" class="quiet" aria-label={`Remove ${file.name}`} onClick={() => onRemove(index)}>remove</button>
              {errors.has(index) && <p class="error" role="alert">{errors.get(index)}</p>}
            </li>
          ))}
        </ul>
      )}
      {files.length === 0 && errors.has(0) && <p class="error">{errors.get(0)}</p>}
      <input
        id={id} type="file" accept={ACCEPTED} multiple={!single} aria-describedby={`${id}-hint`} aria-invalid={errors.size > 0}
        onChange={(event) => choose(event.currentTarget)}
      />
    </div>
  );
}
