#!/bin/sh
# The least that each program of Hognose needs of a Kafka cluster; `hognose acls` prints this.
# Usage: BOOTSTRAP_SERVERS=kafka:9092 COMMAND_CONFIG=admin.properties ./acls.sh
set -eu
: "${KAFKA_ACLS:=kafka-acls.sh}" "${BOOTSTRAP_SERVERS:=localhost:9092}" "${COMMAND_CONFIG:=/dev/null}"

allow() {
  "$KAFKA_ACLS" --bootstrap-server "$BOOTSTRAP_SERVERS" --command-config "$COMMAND_CONFIG" --add --allow-principal "$@"
}

# agent
allow 'User:hognose-agent' --operation Write --topic 'hognose.samples'  # what a process tells
allow 'User:hognose-agent' --operation Write --topic 'hognose.events'  # what a process tells

# streams
allow 'User:hognose-streams' --operation Read --topic 'hognose.samples'  # what is judged
allow 'User:hognose-streams' --operation Read --topic 'hognose.events'  # what is judged
allow 'User:hognose-streams' --operation Write --topic 'hognose.trends'  # what is told
allow 'User:hognose-streams' --operation Write --topic 'hognose.services'  # what is told
allow 'User:hognose-streams' --operation Write --topic 'hognose.profiles'  # what is told
allow 'User:hognose-streams' --operation Write --topic 'hognose.alerts'  # what is told
allow 'User:hognose-streams' --operation Write --topic 'hognose.dead-letters'  # what is told
allow 'User:hognose-streams' --operation Read --group 'hognose-streams'  # instances share the partitions
allow 'User:hognose-streams' --operation Create --operation Delete --operation Read --operation Write --topic 'hognose-streams-' --resource-pattern-type prefixed  # changelogs and repartition topics, whose records are deleted when they were read
allow 'User:hognose-streams' --operation Write --transactional-id 'hognose-streams-' --resource-pattern-type prefixed  # each result exactly once

# collector
allow 'User:hognose-collector' --operation Read --topic 'hognose.samples'  # what is shown
allow 'User:hognose-collector' --operation Read --topic 'hognose.events'  # what is shown
allow 'User:hognose-collector' --operation Read --topic 'hognose.trends'  # what is shown
allow 'User:hognose-collector' --operation Read --topic 'hognose.services'  # what is shown
allow 'User:hognose-collector' --operation Read --topic 'hognose.profiles'  # what is shown
allow 'User:hognose-collector' --operation Read --topic 'hognose.alerts'  # what is shown
allow 'User:hognose-collector' --operation Read --group 'hognose-collector'  # collectors share the partitions

# tools
allow 'User:hognose-tools' --operation Read --operation DescribeConfigs --topic 'hognose.samples'  # to read them, and to hold their settings against ours
allow 'User:hognose-tools' --operation Read --operation DescribeConfigs --topic 'hognose.events'  # to read them, and to hold their settings against ours
allow 'User:hognose-tools' --operation Read --operation DescribeConfigs --topic 'hognose.trends'  # to read them, and to hold their settings against ours
allow 'User:hognose-tools' --operation Read --operation DescribeConfigs --topic 'hognose.services'  # to read them, and to hold their settings against ours
allow 'User:hognose-tools' --operation Read --operation DescribeConfigs --topic 'hognose.profiles'  # to read them, and to hold their settings against ours
allow 'User:hognose-tools' --operation Read --operation DescribeConfigs --topic 'hognose.alerts'  # to read them, and to hold their settings against ours
allow 'User:hognose-tools' --operation Read --operation DescribeConfigs --topic 'hognose.dead-letters'  # to read them, and to hold their settings against ours

# setup
allow 'User:hognose-setup' --operation Create --operation Describe --operation DescribeConfigs --topic 'hognose.samples'  # to create them and see that they are right
allow 'User:hognose-setup' --operation Create --operation Describe --operation DescribeConfigs --topic 'hognose.events'  # to create them and see that they are right
allow 'User:hognose-setup' --operation Create --operation Describe --operation DescribeConfigs --topic 'hognose.trends'  # to create them and see that they are right
allow 'User:hognose-setup' --operation Create --operation Describe --operation DescribeConfigs --topic 'hognose.services'  # to create them and see that they are right
allow 'User:hognose-setup' --operation Create --operation Describe --operation DescribeConfigs --topic 'hognose.profiles'  # to create them and see that they are right
allow 'User:hognose-setup' --operation Create --operation Describe --operation DescribeConfigs --topic 'hognose.alerts'  # to create them and see that they are right
allow 'User:hognose-setup' --operation Create --operation Describe --operation DescribeConfigs --topic 'hognose.dead-letters'  # to create them and see that they are right
