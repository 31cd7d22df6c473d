interface CompletedChartProps {
  days: { day: string; count: number }[];
}

const height = 132;
const format = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", timeZone: "UTC" });

/** Tasks completed a day: bars to look at, a table to listen to. */
export function CompletedChart({ days }: CompletedChartProps) {
  const total = days.reduce((sum, day) => sum + day.count, 0);
  const most = Math.max(1, ...days.map((day) => day.count));
  const first = days[0];
  const last = days.at(-1);
  return (
    <div className="flex grow flex-col p-4 md:p-5">
      <p className="mb-4 text-muted">
        <strong className="text-xl font-semibold text-ink tabular-nums">{total}</strong> in the last {days.length} days
      </p>
      <svg aria-hidden width="100%" height={height} className="mt-auto block shrink-0 overflow-visible">
        <line x1="0" x2="100%" y1={height - 0.5} y2={height - 0.5} className="stroke-line" />
        {days.map(({ day, count }, index) => {
          const share = 100 / days.length;
          const bar = count === 0 ? 0 : Math.max(6, (count / most) * (height - 20));
          return (
            <g key={day}>
              <rect
                x={`${(index + 0.18) * share}%`}
                width={`${share * 0.64}%`}
                y={height - bar}
                height={bar}
                rx="3"
                className="fill-accent-solid"
              />
              {count === 0 ? null : (
                <text
                  x={`${(index + 0.5) * share}%`}
                  y={height - bar - 6}
                  textAnchor="middle"
                  className="fill-muted text-xs tabular-nums"
                >
                  {count}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      {first && last ? (
        <div aria-hidden className="mt-2 flex justify-between text-xs text-muted">
          <span>{format.format(new Date(first.day))}</span>
          <span>{format.format(new Date(last.day))}</span>
        </div>
      ) : null}
      <table className="sr-only">
        <caption>Tasks completed each day</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Completed</th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, count }) => (
            <tr key={day}>
              <th scope="row">{format.format(new Date(day))}</th>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
