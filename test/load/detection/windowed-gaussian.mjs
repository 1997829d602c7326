const windowSize = 6400;
const stepSize = 100;

/** The baseline of the benchmark (its windowedGaussian): how far a value lies out in the normal distribution of the last rows. */
export function windowedGaussian() {
  let window = [];
  let step = [];
  let mean = 0;
  let deviation = 1;
  let squares = 0;
  const learn = () => {
    mean = window.reduce((sum, value) => sum + value, 0) / window.length;
    deviation = Math.sqrt(window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / window.length) || 1e-6;
  };
  // The same of one more row, without going through all of them (Welford).
  const grow = (value) => {
    const before = value - mean;
    mean = window.length === 1 ? value : mean + before / window.length;
    squares += window.length === 1 ? 0 : before * (value - mean);
    deviation = Math.sqrt(squares / window.length) || 1e-6;
  };
  return (value) => {
    const score = window.length === 0 ? 0 : 1 - tail(Math.abs(value - mean) / deviation);
    if (window.length < windowSize) {
      window.push(value);
      grow(value);
    } else if (step.push(value) === stepSize) {
      window = [...window.slice(stepSize), ...step];
      step = [];
      learn();
    }
    return score;
  };
}

/** The share of a normal distribution beyond `z` deviations (Numerical Recipes' erfc, relative error below 1.2e-7). */
function tail(z) {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const terms = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
    0.17087277,
  ];
  return 0.5 * t * Math.exp(-x * x + terms.reduceRight((sum, term) => sum * t + term, 0));
}
