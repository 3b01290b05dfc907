# The operations that DJL's PyTorch engine lacks or gets wrong, as TorchScript: Python's syntax, run by
# libtorch itself. Results with shape [batch] hold the sum over all other dimensions.

def gradients(self, scalar: Tensor, weights: List[Tensor]) -> List[Tensor]:
  found = torch.autograd.grad([scalar], weights, None, False, False, True)
  gradients = annotate(List[Tensor], [])
  for i in range(torch.len(found)):
    gradient = found[i]
    if torch.__isnot__(gradient, None):
      _0 = torch.append(gradients, torch.contiguous(unchecked_cast(Tensor, gradient)))
    else:
      _1 = torch.append(gradients, torch.zeros_like(weights[i]))
  return gradients

def differentiable_gradients(self, scalar: Tensor, weights: List[Tensor]) -> List[Tensor]:
  found = torch.autograd.grad([scalar], weights, None, True, True, True)
  gradients = annotate(List[Tensor], [])
  for i in range(torch.len(found)):
    gradient = found[i]
    if torch.__isnot__(gradient, None):
      _0 = torch.append(gradients, unchecked_cast(Tensor, gradient))
    else:
      _1 = torch.append(gradients, torch.zeros_like(weights[i]))
  return gradients

def depends(self, scalar: Tensor, weights: List[Tensor]) -> Tensor:
  flags = annotate(List[bool], [])
  if ops.prim.requires_grad(scalar):
    found = torch.autograd.grad([scalar], weights, None, True, False, True)
    for i in range(torch.len(found)):
      _0 = torch.append(flags, torch.__isnot__(found[i], None))
  else:
    for i in range(torch.len(weights)):
      _1 = torch.append(flags, False)
  return torch.tensor(flags)

def input_gradient(self, scalar: Tensor, x: Tensor) -> Tensor:
  found = torch.autograd.grad([scalar], [x], None, True, True)
  return unchecked_cast(Tensor, found[0])

# The norm's own gradient is 0 where the norm is 0, not 0/0.
def gradient_norm(self, scores: Tensor, x: Tensor) -> Tensor:
  found = torch.autograd.grad([torch.sum(scores)], [x], None, True, True)
  return torch.norm(torch.flatten(unchecked_cast(Tensor, found[0]), 1), 2, [1])

def leaf(self, x: Tensor) -> Tensor:
  return torch.requires_grad_(torch.detach(x))

def affine(self, x: Tensor, factor: float, shift: float) -> Tensor:
  return torch.add(torch.mul(x, factor), shift)

def sigmoid(self, x: Tensor) -> Tensor:
  return torch.sigmoid(x)

def halves(self, x: Tensor) -> List[Tensor]:
  return torch.chunk(x, 2, 1)

def concatenate(self, arrays: List[Tensor]) -> Tensor:
  return torch.cat(arrays, 1)

def columns(self, x: Tensor, from_: float, to: float) -> Tensor:
  return torch.slice(x, 1, int(from_), int(to), 1)

def transposed(self, x: Tensor) -> Tensor:
  return torch.transpose(x, 1, 2)

def softmax(self, x: Tensor) -> Tensor:
  return torch.softmax(x, -1)

def one_hot_of_largest(self, x: Tensor) -> Tensor:
  largest = torch.one_hot(torch.argmax(x, -1), torch.size(x, -1))
  return torch.to(largest, ops.prim.dtype(x))

def squared_norm(self, arrays: List[Tensor]) -> Tensor:
  squares = annotate(List[Tensor], [])
  for i in range(torch.len(arrays)):
    _0 = torch.append(squares, torch.sum(torch.mul(arrays[i], arrays[i])))
  return torch.sum(torch.stack(squares))

def gathered(self, x: Tensor, rows: Tensor) -> Tensor:
  return torch.gather(x, 0, torch.to(rows, 4))

def softplus(self, x: Tensor) -> Tensor:
  return torch.neg(torch.log_sigmoid(torch.neg(x)))

def bernoulli_log_likelihood(self, x: Tensor, logits: Tensor) -> Tensor:
  losses = torch.binary_cross_entropy_with_logits(logits, x, None, None, 0)
  return torch.neg(torch.sum(torch.flatten(losses, 1), [1]))

def categorical_log_likelihood(self, x: Tensor, logits: Tensor) -> Tensor:
  terms = torch.mul(x, torch.log_softmax(logits, -1))
  return torch.sum(torch.flatten(terms, 1), [1])

# With a and b the two ends in units of the scale, sigma(a) - sigma(b) = sigma(a) sigma(-b) (1 - exp(b - a)), of which no
# factor loses digits: 1 - exp(-w) = 2t / (1 + t) with t = tanh(w/2).
def discretised_logistic_log_likelihood(self, x: Tensor, mean: Tensor, log_scale: Tensor, levels: float) -> Tensor:
  last = torch.sub(levels, 1.)
  level = torch.round(torch.mul(torch.detach(x), last))
  per_scale = torch.exp(torch.neg(log_scale))
  half_width = torch.mul(per_scale, torch.div(0.5, last))
  centre = torch.mul(torch.sub(torch.div(level, last), mean), per_scale)
  upper = torch.mul(torch.log_sigmoid(torch.add(centre, half_width)), torch.lt(level, last))
  lower = torch.mul(torch.log_sigmoid(torch.sub(half_width, centre)), torch.gt(level, 0))
  t = torch.tanh(half_width)
  width = torch.log(torch.div(torch.mul(t, 2), torch.add(t, 1)))
  inner = torch.mul(width, torch.logical_and(torch.gt(level, 0), torch.lt(level, last)))
  return torch.sum(torch.flatten(torch.add(torch.add(upper, lower), inner), 1), [1])

def log_sum_exp(self, x: Tensor) -> Tensor:
  return torch.logsumexp(x, [1])

def gaussian_log_density(self, x: Tensor, mean: Tensor, log_variance: Tensor) -> Tensor:
  difference = torch.sub(x, mean)
  squares = torch.mul(torch.mul(difference, difference), torch.exp(torch.neg(log_variance)))
  terms = torch.add(torch.add(squares, log_variance), 1.8378770664093453)
  return torch.mul(torch.sum(torch.flatten(terms, 1), [1]), -0.5)

def gaussian_kl(self, mean: Tensor, log_variance: Tensor) -> Tensor:
  terms = torch.sub(torch.add(torch.exp(log_variance), torch.mul(mean, mean)), torch.add(log_variance, 1.0))
  return torch.mul(torch.sum(torch.flatten(terms, 1), [1]), 0.5)

def reparameterise(self, mean: Tensor, log_variance: Tensor, noise: Tensor) -> Tensor:
  return torch.addcmul(mean, torch.exp(torch.mul(log_variance, 0.5)), noise)

# a² - 2ab + b² is one matrix product, but cancels where points lie close together: hence float64, about the mean.
def pairwise_squared_distances(self, a: Tensor, b: Tensor) -> Tensor:
  centre = torch.to(torch.mean(b, [0], True), 7)
  a64 = torch.sub(torch.to(a, 7), centre)
  b64 = torch.sub(torch.to(b, 7), centre)
  squares = torch.add(torch.sum(torch.mul(a64, a64), [1], True), torch.t(torch.sum(torch.mul(b64, b64), [1], True)))
  distances = torch.clamp_min(torch.sub(squares, torch.mul(torch.matmul(a64, torch.t(b64)), 2)), 0)
  return torch.to(distances, ops.prim.dtype(a))

def linear(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return torch.linear(x, weight, bias)

# DJL passes numbers as floats.
def convolution(self, x: Tensor, weight: Tensor, bias: Tensor, stride: float, padding: float) -> Tensor:
  return torch.conv2d(x, weight, bias, [int(stride), int(stride)], [int(padding), int(padding)])

def transposed_convolution(self, x: Tensor, weight: Tensor, bias: Tensor, stride: float, padding: float, height: float, width: float) -> Tensor:
  return torch.conv_transpose2d(x, weight, bias, [int(stride), int(stride)], [int(padding), int(padding)], [int(height), int(width)])

def relu(self, x: Tensor) -> Tensor:
  return torch.relu(x)

def leaky_relu(self, x: Tensor, slope: float) -> Tensor:
  return torch.leaky_relu(x, slope)

# u and v count as constants: gradients flow through sigma to the weight.
def power_iteration(self, weight: Tensor, u: Tensor) -> List[Tensor]:
  matrix = torch.detach(weight)
  right = torch.mv(torch.t(matrix), torch.detach(u))
  v = torch.div(right, torch.clamp_min(torch.norm(right), 1e-12))
  left = torch.mv(matrix, v)
  next = torch.div(left, torch.clamp_min(torch.norm(left), 1e-12))
  return [next, v, torch.dot(next, torch.mv(weight, v))]

def stacked(self, scalars: List[Tensor]) -> Tensor:
  values = annotate(List[Tensor], [])
  for i in range(torch.len(scalars)):
    _0 = torch.append(values, torch.to(torch.detach(torch.reshape(scalars[i], [])), 7))
  return torch.to(torch.stack(values), torch.device("cpu"))

def adam(self, weights: List[Tensor], gradients: List[Tensor], means: List[Tensor], variances: List[Tensor], step: float, learning_rate: float, beta1: float, beta2: float, epsilon: float, weight_decay: float) -> Tensor:
  steps = torch.mul([torch.full([], step, dtype=6, layout=None, device=ops.prim.device(weights[0]), pin_memory=False)], torch.len(weights))
  _0 = torch._fused_adam_(weights, gradients, means, variances, annotate(List[Tensor], []), steps, lr=learning_rate, beta1=beta1, beta2=beta2, weight_decay=weight_decay, eps=epsilon, amsgrad=False, maximize=False)
  return steps[0]

def adam_w(self, weights: List[Tensor], gradients: List[Tensor], means: List[Tensor], variances: List[Tensor], step: float, learning_rate: float, beta1: float, beta2: float, epsilon: float, weight_decay: float) -> Tensor:
  steps = torch.mul([torch.full([], step, dtype=6, layout=None, device=ops.prim.device(weights[0]), pin_memory=False)], torch.len(weights))
  _0 = torch._fused_adamw_(weights, gradients, means, variances, annotate(List[Tensor], []), steps, lr=learning_rate, beta1=beta1, beta2=beta2, weight_decay=weight_decay, eps=epsilon, amsgrad=False, maximize=False)
  return steps[0]

def sgd(self, weights: List[Tensor], gradients: List[Tensor], velocities: List[Tensor], learning_rate: float, momentum: float, nesterov: float, weight_decay: float) -> Tensor:
  _0 = torch._fused_sgd_(weights, gradients, velocities, weight_decay=weight_decay, momentum=momentum, lr=learning_rate, dampening=0., nesterov=bool(nesterov), maximize=False, is_first_step=False)
  return weights[0]

def rms_prop(self, weights: List[Tensor], gradients: List[Tensor], squares: List[Tensor], learning_rate: float, decay: float, epsilon: float, weight_decay: float) -> Tensor:
  slopes = gradients
  if torch.ne(weight_decay, 0.):
    slopes = torch._foreach_add(gradients, weights, alpha=weight_decay)
  _0 = torch._foreach_mul_(squares, decay)
  _1 = torch._foreach_addcmul_(squares, slopes, slopes, torch.sub(1., decay))
  roots = torch._foreach_sqrt(squares)
  _2 = torch._foreach_add_(roots, epsilon)
  _3 = torch._foreach_addcdiv_(weights, slopes, roots, torch.neg(learning_rate))
  return weights[0]

# Not in place at once: of two weights that are added, autograd gives both the same gradient array.
def clip_norm(self, arrays: List[Tensor], bound: float) -> Tensor:
  norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(arrays, 2)))
  factor = torch.clamp_max(torch.mul(torch.reciprocal(torch.add(norm, 9.9999999999999995e-07)), bound), 1)
  _0 = torch._foreach_copy_(arrays, torch._foreach_mul(arrays, factor))
  return norm

def clamp(self, arrays: List[Tensor], bound: float) -> Tensor:
  _0 = torch._foreach_clamp_max_(arrays, bound)
  _1 = torch._foreach_clamp_min_(arrays, torch.neg(bound))
  return arrays[0]

def average(self, averages: List[Tensor], values: List[Tensor], share: float) -> Tensor:
  _0 = torch._foreach_lerp_(averages, values, share)
  return averages[0]

def copy(self, to: List[Tensor], from_: List[Tensor]) -> Tensor:
  _0 = torch._foreach_copy_(to, from_)
  return to[0]
