# The JVM program: `./hognose build` first, then `docker compose build`.
FROM eclipse-temurin:17-jre

# By number, so that a cluster can see that it is not root.
RUN groupadd --gid 10001 hognose && useradd --uid 10001 --gid hognose --home-dir /hognose --no-create-home hognose
WORKDIR /hognose
COPY --chown=root:root app/target/lib lib
COPY --chown=root:root app/target/hognose.jar hognose.jar

USER 10001:10001
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "hognose.jar"]
CMD ["--help"]
