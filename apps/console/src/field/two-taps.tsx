import { Button } from 'antd-mobile';
import { useEffect, useState } from 'react';

/** A second tap must follow within this time: long enough for gloves, short enough for a pocket. */
const confirmWithinMs = 4_000;

interface Props {
  label: string;
  /** What the button says when it is armed. */
  confirm: string;
  busy: boolean;
  onDone: () => void;
}

/** Two taps: the first arms the button, the second does it. No dialog to aim at with gloves. */
export function TwoTaps({ label, confirm, busy, onDone }: Props) {
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    if (!armed) return;
    const timer = setTimeout(() => setArmed(false), confirmWithinMs);
    return () => clearTimeout(timer);
  }, [armed]);
  return (
    <Button
      block
      color={armed ? 'success' : 'primary'}
      size="large"
      loading={busy}
      onClick={() => {
        if (armed) onDone();
        setArmed(!armed);
      }}
    >
      <span aria-live="polite">{armed ? confirm : label}</span>
    </Button>
  );
}
