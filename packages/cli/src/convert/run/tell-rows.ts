/** `1,200,000 of 2,000,000 rows, 40,000 a second, 20 s left`; the total is an estimate and may be exceeded. */
export function tellRows({ done, rate, total }: { done: number; rate: number; total: number | undefined }): string {
  const counted = (rows: number): string => Math.round(rows).toLocaleString("en-US");
  const isKnown = total !== undefined && total >= done;
  const left = isKnown && rate > 0 ? `, ${tellSeconds((total - done) / rate)} left` : "";
  return `${counted(done)}${isKnown ? ` of ${counted(total)}` : ""} rows, ${counted(rate)} a second${left}`;
}

function tellSeconds(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
