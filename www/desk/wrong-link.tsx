export function WrongLink({ says }: { says: string | undefined }) {
  return says === undefined ? null : <p class="wrong-link" role="alert">This link was not opened: {says} Nothing was changed.</p>;
}
