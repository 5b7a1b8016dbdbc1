# The JVM program: `./hognose build` first, then `docker compose build`.
FROM eclipse-temurin:17-jre

RUN groupadd --system hognose && useradd --system --gid hognose --home-dir /hognose hognose
WORKDIR /hognose
COPY --chown=root:root app/target/lib lib
COPY --chown=root:root app/target/hognose.jar hognose.jar

USER hognose
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError"
ENTRYPOINT ["java", "-jar", "hognose.jar"]
CMD ["--help"]
