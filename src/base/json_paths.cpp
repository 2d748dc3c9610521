#include "base/json_paths.h"

namespace wirecopy::base {

JsonPaths::JsonPaths(std::span<const std::string> paths) : size_(paths.size()) {
  const auto add = [](Node& parent, std::string_view key) -> Node& {
    for (Node& child : parent.children) {
      if (child.key == key) return child;
    }
    parent.children.push_back({std::string(key), key_signature(key), Node::kNoResult, {}});
    return parent.children.back();
  };
  for (std::size_t i = 0; i < paths.size(); ++i) {
    Node* node = &root_;
    std::string_view rest = paths[i];
    for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
      node = &add(*node, rest.substr(0, dot));
      rest.remove_prefix(dot + 1);
    }
    add(*node, rest).result = i;
    if (node != &root_) add(root_, paths[i]).result = i;
  }
}

const JsonPaths::Node* JsonPaths::Node::child(std::string_view name,
                                              std::uint64_t name_signature) const {
  for (const Node& candidate : children) {
    if (candidate.signature == name_signature && candidate.key == name) return &candidate;
  }
  return nullptr;
}

}  // namespace wirecopy::base
