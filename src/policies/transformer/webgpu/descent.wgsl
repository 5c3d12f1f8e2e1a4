// AdamW (Loshchilov and Hutter, 2019, arXiv 1711.05101) against a gradient of which what is too long is cut.

struct Call {
  count: u32, // parameters
  weights: u32,
  gradient: u32,
  mean: u32,
  square: u32,
  squares: u32, // [LANES]: parts of the gradient's squared length
  share: u32, // one number: what the gradient is multiplied by
  weight: f32, // what the gradient is a sum over
  most: f32, // the longest that its mean may be
  rate: f32, // with the corrections of both moments
  first: f32,
  second: f32,
  floor: f32,
  keep: f32, // what decay leaves of a parameter
}

// LANES workgroups, a part for each.
@compute @workgroup_size(64)
fn square_parts(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  var part = 0.0;
  for (var n = group.x * LANES + lane; n < call.count; n += LANES * LANES) {
    let slope = memory[call.gradient + n];
    part += slope * slope;
  }
  let sum = sum_of(lane, part);
  if (lane == 0u) { memory[call.squares + group.x] = sum; }
}

// One workgroup.
@compute @workgroup_size(64)
fn cut(@builtin(local_invocation_index) lane: u32) {
  let norm = sqrt(sum_of(lane, memory[call.squares + lane])) / call.weight;
  if (lane == 0u) { memory[call.share] = min(1.0, call.most / max(norm, 1.0e-12)) / call.weight; }
}

@compute @workgroup_size(256)
fn descend(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let share = memory[call.share];
  for (var n = id.x; n < call.count; n += groups.x * 256u) {
    let slope = memory[call.gradient + n] * share;
    let mean = memory[call.mean + n] * call.first + slope * (1.0 - call.first);
    let square = memory[call.square + n] * call.second + slope * slope * (1.0 - call.second);
    memory[call.mean + n] = mean;
    memory[call.square + n] = square;
    memory[call.weights + n] = memory[call.weights + n] * call.keep - call.rate * mean / (sqrt(square) + call.floor);
    memory[call.gradient + n] = 0.0;
  }
}
