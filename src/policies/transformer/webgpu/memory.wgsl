// What all kernels have in common. One memory holds everything, laid out by layout.ts as numbers of four bytes; where things begin
// is said by each call. The constants of the model's shape stand above this file (programs.ts). No kernel adds atomically: each number
// is summed by one invocation, in a fixed order, so that the same card gives the same bits again.

@group(0) @binding(0) var<storage, read_write> memory: array<f32>;
// What is known of the text that is read (text-words.ts).
@group(0) @binding(1) var<storage, read> words: array<u32>;
@group(0) @binding(2) var<uniform> call: Call;

// Invocations that work on one sum: a workgroup of 64.
const LANES = 64u;
const NOTHING = 0xffffffffu;
// Below any score.
const LEAST = -3.0e38;

var<workgroup> parts: array<f32, LANES>;

fn sum_of(lane: u32, part: f32) -> f32 {
  parts[lane] = part;
  workgroupBarrier();
  for (var half = LANES / 2u; half > 0u; half /= 2u) {
    if (lane < half) { parts[lane] += parts[lane + half]; }
    workgroupBarrier();
  }
  let sum = parts[0];
  workgroupBarrier();
  return sum;
}

fn most_of(lane: u32, part: f32) -> f32 {
  parts[lane] = part;
  workgroupBarrier();
  for (var half = LANES / 2u; half > 0u; half /= 2u) {
    if (lane < half) { parts[lane] = max(parts[lane], parts[lane + half]); }
    workgroupBarrier();
  }
  let most = parts[0];
  workgroupBarrier();
  return most;
}
