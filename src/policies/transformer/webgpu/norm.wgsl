// RMSNorm (Zhang and Sennrich, 2019, arXiv 1910.07467): y = x / rms(x) * weight, row by row, there and back.

struct Call {
  rows: u32,
  x: u32, // [rows, WIDTH]
  weight: u32, // [WIDTH]
  scales: u32, // [rows]: 1 / rms(x), kept for the way back
  y: u32, // [rows, WIDTH]; on the way back its gradient
  dx: u32, // [rows, WIDTH], grows, or begins where `fresh` is 1
  fresh: u32,
  slope: u32, // [WIDTH]: the gradient of the weight, grows
}

// A workgroup for each row.
@compute @workgroup_size(64)
fn normalise(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = group.x * WIDTH;
  var part = 0.0;
  for (var i = lane; i < WIDTH; i += LANES) {
    let x = memory[call.x + at + i];
    part += x * x;
  }
  let scale = 1.0 / sqrt(sum_of(lane, part) / f32(WIDTH) + EPSILON);
  if (lane == 0u) { memory[call.scales + group.x] = scale; }
  for (var i = lane; i < WIDTH; i += LANES) {
    memory[call.y + at + i] = memory[call.x + at + i] * scale * memory[call.weight + i];
  }
}

// A workgroup for each row.
@compute @workgroup_size(64)
fn normalise_back(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = group.x * WIDTH;
  let scale = memory[call.scales + group.x];
  var part = 0.0;
  for (var i = lane; i < WIDTH; i += LANES) {
    part += memory[call.y + at + i] * memory[call.x + at + i] * memory[call.weight + i];
  }
  let along = sum_of(lane, part) * scale * scale * scale / f32(WIDTH);
  for (var i = lane; i < WIDTH; i += LANES) {
    var sum = scale * memory[call.weight + i] * memory[call.y + at + i] - along * memory[call.x + at + i];
    if (call.fresh == 0u) { sum += memory[call.dx + at + i]; }
    memory[call.dx + at + i] = sum;
  }
}

// A workgroup for each column.
@compute @workgroup_size(64)
fn normalise_weight_back(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  var part = 0.0;
  for (var row = lane; row < call.rows; row += LANES) {
    let at = row * WIDTH + group.x;
    part += memory[call.y + at] * memory[call.x + at] * memory[call.scales + row];
  }
  let sum = sum_of(lane, part);
  if (lane == 0u) { memory[call.slope + group.x] += sum; }
}
